"""The archive: a plain tar file, which `tar` and `sha256sum -c` read too.

First the head, then the key where it comes along, the dump, the files, and at the very end the
checksum of each of them: an archive without these has been cut short.
"""

from __future__ import annotations

import hashlib
import re
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from heliodesk.server.backup import head as heads
from heliodesk.server.backup.head import Head
from heliodesk.server.problem import Problem

HEAD = "heliodesk-backup.json"
KEY = "secret-key"
DUMP = "database.dump"
FILES = "files/"
SUMS = "SHA256SUMS"
BLOCK = 1 << 20
LARGEST_HEAD = 16 << 20  # bytes
#: Keys in the storage: folders and a name, none of which begins with a dot.
SOUND = re.compile(r"[A-Za-z0-9_][\w.@+ -]*(/[A-Za-z0-9_][\w.@+ -]*)*", re.ASCII)


@dataclass(frozen=True)
class Member:
    """One part of the archive, to be read while it is the current one."""

    name: str
    size: int
    content: IO[bytes]

    def blocks(self) -> Iterator[bytes]:
        """Its bytes; a `Problem` where they end too early."""
        left = self.size
        while left:
            try:
                block = self.content.read(min(BLOCK, left))
            except tarfile.ReadError:
                block = b""
            if not block:
                raise cut_short()
            left -= len(block)
            yield block


class Writer:
    """Writes members one after the other, each of whatever length it turns out to have."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.sums = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `__exit__`

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.sums.close()

    def add(self, name: str, blocks: Iterable[bytes]) -> str:
        """Write a member; gives its checksum. When its bytes fail, nothing of it stays."""
        begins = self.file.tell()
        size, digest = 0, hashlib.sha256()
        try:
            self.file.write(bytes(len(_header(name, 0))))
            for block in blocks:
                self.file.write(block)
                digest.update(block)
                size += len(block)
        except BaseException:
            self.file.seek(begins)
            self.file.truncate()
            raise
        self.file.write(bytes(-size % tarfile.BLOCKSIZE))
        ends = self.file.tell()
        self.file.seek(begins)
        self.file.write(_header(name, size))
        self.file.seek(ends)
        self.sums.write(_line(digest.hexdigest(), name))
        return digest.hexdigest()

    def finish(self) -> None:
        """Write the checksums and the end."""
        self.file.write(_header(SUMS, _length(self.sums)))
        for block in iter(lambda: self.sums.read(BLOCK), b""):
            self.file.write(block)
        self.file.write(bytes(-self.file.tell() % tarfile.BLOCKSIZE + 2 * tarfile.BLOCKSIZE))


def check(path: Path) -> Head:
    """Read the whole archive; gives its head. Raises a `Problem` unless it is a backup, whole, as
    it was written, and with nothing in it that does not belong there."""
    with tempfile.TemporaryFile() as found:
        head, ended, dumps = None, False, 0
        for member in members(path):
            if ended:
                raise damaged("something stands behind its end")
            if head is None:
                head = _first(member, found)
            elif member.name == SUMS:
                _compare(member, found)
                ended = True
            else:
                _sum_up(member, found)
                dumps += member.name == DUMP
    if head is None or not ended:
        raise cut_short()
    if dumps != 1:
        raise damaged("it holds no database")
    return head


def members(path: Path) -> Iterator[Member]:
    """The archive's members in their order, whatever their number, in little memory."""
    try:
        tar = tarfile.open(path, "r:")  # noqa: SIM115 - closed below
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}.") from error
    except tarfile.TarError as error:
        raise Problem(f"{path} is no backup of a desk.") from error
    with closing(tar):
        while info := _next(tar):
            content = tar.extractfile(info) if info.isreg() else None
            if content is None or not _belongs(info.name):
                raise Problem(f"This is no backup of a desk: it holds {info.name[:80]!r}.")
            yield Member(info.name, info.size, content)


def _next(tar: tarfile.TarFile) -> tarfile.TarInfo | None:
    try:
        info = tar.next()
    except tarfile.TarError as error:
        raise cut_short() from error
    tar.members.clear()  # type: ignore[attr-defined]  # it would keep each of them for later
    return info


def _belongs(name: str) -> bool:
    key = name.removeprefix(FILES)
    return name in {HEAD, KEY, DUMP, SUMS} or (key != name and is_sound(key))


def is_sound(key: str) -> bool:
    """Whether this can be the key of a stored file: nothing that leads out of its folder."""
    return SOUND.fullmatch(key) is not None


def _first(member: Member, sums: IO[bytes]) -> Head:
    if member.name != HEAD or member.size > LARGEST_HEAD:
        raise Problem("This is no backup of a desk.")
    content = b"".join(member.blocks())
    sums.write(_line(hashlib.sha256(content).hexdigest(), HEAD))
    return heads.read(content)


def _sum_up(member: Member, sums: IO[bytes]) -> None:
    digest = hashlib.sha256()
    for block in member.blocks():
        digest.update(block)
    sums.write(_line(digest.hexdigest(), member.name))


def _compare(member: Member, found: IO[bytes]) -> None:
    said = tempfile.TemporaryFile()  # noqa: SIM115 - closed at once
    with said:
        for block in member.blocks():
            said.write(block)
        said.seek(0)
        found.seek(0)
        for line in found:
            if said.readline() != line:
                raise damaged(f"{line.decode()[66:].strip()} is not what was written")
        if said.readline():
            raise damaged("a part of it is missing")


def damaged(how: str) -> Problem:
    """The archive is not what was written."""
    return Problem(f"This backup is damaged: {how}. Take another copy of it, or an older backup.")


def cut_short() -> Problem:
    """The archive has no end."""
    return damaged("it is cut short")


def _line(digest: str, name: str) -> bytes:
    return f"{digest}  {name}\n".encode()


def _length(file: IO[bytes]) -> int:
    length = file.seek(0, 2)
    file.seek(0)
    return length


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o600
    return info.tobuf(tarfile.GNU_FORMAT)
