"""The archive: what was written comes out, and anything else is refused before it is used."""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from heliodesk.server.backup import archive, head
from heliodesk.server.backup.archive import Writer
from heliodesk.server.problem import Problem

HEAD = head.Head(
    format=1,
    release="0.1.0",
    taken_at="2026-11-22T08:00:00+00:00",
    postgresql=18,
    migrations={"cases": ["0001_initial"]},
    rows={"cases_case": 1},
    files=1,
    key=head.fingerprint("secret"),
)
PHOTO = "files/cases/ab/0123"


def write(path: Path, members: dict[str, bytes], *, first: bytes = HEAD.as_json()) -> Path:
    """An archive of a head and the members."""
    with path.open("w+b") as file, Writer(file) as writer:
        for name, content in {archive.HEAD: first, **members}.items():
            writer.add(name, [content[:1000], content[1000:]])
        writer.finish()
    return path


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A whole one."""
    return write(tmp_path / "desk.tar", {"database.dump": b"d" * 3000, PHOTO: b"a roof"})


def test_what_was_written_is_whole_and_comes_out(saved: Path) -> None:
    assert archive.check(saved) == HEAD
    read = {member.name: b"".join(member.blocks()) for member in archive.members(saved)}
    assert read["database.dump"] == b"d" * 3000
    assert read[PHOTO] == b"a roof"


def test_tar_and_sha256sum_read_it_too(saved: Path, tmp_path: Path) -> None:
    for command in (["tar", "xf", str(saved)], ["sha256sum", "--quiet", "--check", "SHA256SUMS"]):
        subprocess.run(command, cwd=tmp_path, check=True)
    assert (tmp_path / PHOTO).read_bytes() == b"a roof"


def test_a_member_whose_bytes_fail_leaves_nothing_behind(tmp_path: Path) -> None:
    def failing() -> Iterator[bytes]:
        yield b"half"
        raise OSError("gone")

    path = tmp_path / "desk.tar"
    with path.open("w+b") as file, Writer(file) as writer:
        writer.add(archive.HEAD, [HEAD.as_json()])
        with pytest.raises(OSError, match="gone"):
            writer.add(PHOTO, failing())
        writer.add(archive.DUMP, [b"d"])
        writer.finish()
    assert archive.check(path) == HEAD
    assert PHOTO not in {member.name for member in archive.members(path)}


@pytest.mark.parametrize("left", [0, 400, 700, 2000, 5000, 6000])
def test_one_that_is_cut_short_is_refused(saved: Path, left: int) -> None:
    content = saved.read_bytes()
    assert len(content) > 7000
    saved.write_bytes(content[:left])
    with pytest.raises(Problem, match=r"no backup|cut short"):
        archive.check(saved)


def test_one_changed_byte_is_refused_wherever_it_is(saved: Path) -> None:
    content = saved.read_bytes()
    # Not the zeros that fill up blocks, nor what stands in headers about owners and dates.
    places = [content.index(b"2026-11-22"), content.index(b"ddd") + 1500, content.rindex(b"a roof")]
    places += [content.rindex(b"database.dump"), content.rindex(b"  files/") - 5]
    for place in places:
        saved.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(Problem, match=r"damaged|no backup"):
            archive.check(saved)


@pytest.mark.parametrize(
    "name", ["../etc/passwd", "files/../../x", "/etc/passwd", "files/.x", "files/a//b", "other"]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "desk.tar", {"database.dump": b"d", name: b"x"})
    with pytest.raises(Problem, match="it holds"):
        archive.check(path)


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "desk.tar"
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo(PHOTO)
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(Problem, match="no backup of a desk: it holds 'files/"):
        archive.check(path)


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear desk, " * 1000, encoding="utf-8")
    with pytest.raises(Problem, match=r"letter\.txt is no backup"):
        archive.check(text)
    other = tmp_path / "other.tar"
    with tarfile.open(other, "w") as tar:
        tar.addfile(tarfile.TarInfo(archive.DUMP), io.BytesIO())
    with pytest.raises(Problem, match="This is no backup"):
        archive.check(other)


def test_without_a_database_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="it holds no database"):
        archive.check(write(tmp_path / "desk.tar", {PHOTO: b"x"}))


def test_one_of_a_newer_release_says_so(tmp_path: Path) -> None:
    newer = json.dumps(asdict(HEAD) | {"format": 2, "release": "9.0", "more": 1}).encode()
    path = write(tmp_path / "desk.tar", {"database.dump": b"d"}, first=newer)
    with pytest.raises(Problem, match=r"newer release of the desk \(9\.0\).*Update"):
        archive.check(path)


def test_a_key_is_told_apart_and_not_told() -> None:
    assert head.fingerprint("secret") == HEAD.key != head.fingerprint("another")
    assert "secret" not in HEAD.key
