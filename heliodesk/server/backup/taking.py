"""Taking a backup, also while the desk is served."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg
from django.core.files.storage import default_storage

from heliodesk import __version__
from heliodesk.server import database
from heliodesk.server.backup import archive, head, programs, rows
from heliodesk.server.backup.archive import BLOCK, Writer
from heliodesk.server.backup.head import Head
from heliodesk.server.backup.programs import Programs
from heliodesk.server.backup.rows import Base
from heliodesk.server.problem import Problem


@dataclass
class Taken:
    """What went into a backup, and what could not."""

    head: Head
    files: int = 0
    #: Files that rows name and the storage does not have, or no longer as it was given them.
    lost: list[str] = field(default_factory=list)


def take(target: Path, url: str, *, key: str | None) -> Taken:
    """Write the desk at `url`, with its files, to `target`, which must not exist; with the secret
    `key` where it is to come along.

    Rows and files are of one moment: the dump and the list of files are read from one snapshot,
    and a stored file never changes. `target` appears when all of it is on disk, or not at all.
    """
    with _draft(target) as file, _snapshot(url) as (base, snapshot), Writer(file) as writer:
        fit = programs.fitting(database.read_facts(base).version)
        taken = Taken(_head(base, fit))
        writer.add(archive.HEAD, [taken.head.as_json()])
        if key is not None:
            writer.add(archive.KEY, [key.encode() + b"\n"])
        writer.add(archive.DUMP, _dump(fit, programs.Base.reached(base), snapshot))
        _add_files(writer, base, url, taken)
        writer.finish()
    return taken


@contextmanager
def _draft(target: Path) -> Iterator[IO[bytes]]:
    if target.exists():
        raise Problem(f"{target} is there already: choose another name, or remove it.")
    try:
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name}-", suffix=".part"
        )
    except OSError as error:
        raise Problem(f"Cannot write into {target.parent}: {error.strerror}.") from error
    draft = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:  # 0600: whoever reads it reads everything
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    except OSError as error:
        raise Problem(f"The backup cannot be written: {error}.") from error
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _snapshot(url: str) -> Iterator[tuple[Base, str]]:
    with closing(database.connect(url)) as base:
        base.autocommit = False
        base.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        base.read_only = True
        base.execute("SET LOCAL statement_timeout = 0")
        base.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        (snapshot,) = base.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        yield base, str(snapshot)


def _head(base: Base, fit: Programs) -> Head:
    migrations = rows.migrations(base)
    if not migrations:
        raise Problem("There is nothing to back up: the database holds no desk.")
    return Head(
        format=head.FORMAT,
        release=__version__,
        taken_at=datetime.now(UTC).isoformat(timespec="seconds"),
        postgresql=fit.major,
        migrations=migrations,
        rows=rows.count(base),
        files=sum(1 for _ in rows.stored(base)),
        key=head.fingerprint(os.environ["HELIODESK_SECRET_KEY"]),
    )


def _dump(fit: Programs, source: programs.Base, snapshot: str) -> Iterator[bytes]:
    command = fit.command(
        "pg_dump",
        source.option,
        *("--format=custom", "--compress=1", "--no-owner", "--no-privileges", "--no-password"),
        *("--no-unlogged-table-data", f"--snapshot={snapshot}"),
        *(f"--exclude-table-data=public.{table}" for table in rows.LEFT_EMPTY),
    )
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - our own arguments
            command, stdout=subprocess.PIPE, stderr=said, env=source.environ
        ) as dumping,
    ):
        try:
            assert dumping.stdout is not None  # noqa: S101 - a pipe, as asked for above
            while block := dumping.stdout.read(BLOCK):
                yield block
        except BaseException:
            dumping.kill()
            raise
        if dumping.wait():
            raise Problem(f"The database could not be dumped: {complaint(said)}")


def complaint(said: IO[bytes]) -> str:
    """The first line in which one of PostgreSQL's programs says what is wrong."""
    said.seek(0)
    lines = said.read(100_000).decode(errors="replace").splitlines()
    wrong = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return (wrong or lines or ["it gave no reason"])[0]


def _add_files(writer: Writer, base: Base, url: str, taken: Taken) -> None:
    missing = []
    for key, checksum in rows.stored(base):
        if not archive.is_sound(key):
            taken.lost.append(key)
            continue
        try:
            found = writer.add(archive.FILES + key, _content(key))
        except _NotStored:
            missing.append(key)
            continue
        taken.files += 1
        if checksum and found != checksum:
            taken.lost.append(key)
    taken.lost += _still_named(url, missing)


def _content(key: str) -> Iterator[bytes]:
    try:
        with default_storage.open(key) as file:
            while block := file.read(BLOCK):
                yield block
    except Exception as error:  # storages fail with errors of their own
        raise _NotStored(key) from error


def _still_named(url: str, keys: list[str]) -> set[str]:
    """Without those that were taken off the desk, row and all, while the backup was taken."""
    with closing(database.connect(url)) as now, suppress(psycopg.errors.UndefinedTable):
        return rows.named(now, keys)
    return set()


class _NotStored(Exception):
    """The storage does not give a file."""
