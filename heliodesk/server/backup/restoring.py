"""Putting a desk back as a backup has it."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from heliodesk.server import database
from heliodesk.server.backup import archive, head, loading, programs, record, rows, taking
from heliodesk.server.backup.head import Head
from heliodesk.server.embedded import cluster
from heliodesk.server.problem import Problem

Echo = Callable[[str], None]

OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
"""
LEAVING = 1.0  # seconds that a closed connection may take

#: Parts that earlier releases had; migrations of those that are there took their tables away.
FORMER = {"admin"}


def restore(path: Path, data: Path, url: str, *, replace: bool, own_key: bool, echo: Echo) -> Head:
    """Put the desk that the archive `path` holds into the database at `url` and the storage.

    The archive is read whole and checked before anything is touched. Refuses a desk that has
    records already unless `replace`, and then saves that one first. `own_key` says that the
    secret key comes from the operator; else the archive's is put into the folder `data`.
    """
    echo("Checking the backup …")
    found = archive.check(path)
    _refuse_newer(found)
    with closing(database.connect(url)) as base:
        filled = _require_fit(base, replace=replace)
        server = database.read_facts(base).version
        target = programs.Base.reached(base)
    fit = programs.fitting(max(found.postgresql, server))
    with tempfile.TemporaryFile("w+", encoding="utf-8") as old:
        if filled:
            _save(data, url, echo)
            _note_files(url, old)
        echo("Restoring the files …")
        _put_files(path)
        echo("Restoring the database …")
        loading.load(_dump(path), target, fit, server=server)
        _put_key(path, data, own_key=own_key)
        _require_rows(url, found)
        _bring_up_to_date()
        if filled:
            _discard(url, old)
    record.restored(path, found)
    return found


def _refuse_newer(found: Head) -> None:
    known = MigrationLoader(None).disk_migrations
    unknown = [
        f"{app}.{name}"
        for app, names in found.migrations.items()
        for name in names
        if (app, name) not in known and app not in FORMER
    ]
    if unknown:
        raise Problem(f"{head.newer(found.release)} (This release does not know {unknown[0]}.)")


def _require_fit(base: rows.Base, *, replace: bool) -> bool:
    """Refuse a database that is not ours to replace, or in use; gives whether a desk is in it."""
    if not rows.migrations(base) and rows.count(base):
        raise Problem("This database holds tables that are not a desk's: choose another one.")
    filled = rows.is_filled(base)
    if filled and not replace:
        raise Problem(
            "This desk has records already. Restore into an empty one (another --data or "
            "DATABASE_URL), or say --replace: then it is saved to an archive of its own first "
            "and replaced, database and files."
        )
    if others := _others(base):
        raise Problem(
            f"{others} other connections use this database: stop the desk, its workers and "
            "whatever else is connected, then restore."
        )
    return filled


def _others(base: rows.Base) -> int:
    """How many other connections stay. One that was closed just now, of a backup before, say, is
    listed for a moment more."""
    deadline = time.monotonic() + LEAVING
    while others := int((base.execute(OTHERS).fetchone() or (0,))[0]):
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    return others


def _save(data: Path, url: str, echo: Echo) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    target = data / f"replaced-{stamp}.tar"
    echo(f"Saving the desk that is replaced to {target} …")
    taken = taking.take(target, url, key=os.environ["HELIODESK_SECRET_KEY"])
    if taken.lost:
        echo(f"Note: {len(taken.lost)} of its files are missing in the storage.")


def _note_files(url: str, old: IO[str]) -> None:
    with closing(database.connect(url)) as base:
        base.autocommit = False
        old.writelines(f"{key}\n" for key, _ in rows.stored(base))


def _discard(url: str, old: IO[str]) -> None:
    """Take the replaced desk's files out of the storage, but those which the restored one has."""
    old.seek(0)
    keys = (line.rstrip("\n") for line in old)
    with closing(database.connect(url)) as base:
        while some := list(islice(keys, rows.AT_A_TIME)):
            for key in set(some) - rows.named(base, some):
                default_storage.delete(key)


def _put_files(path: Path) -> None:
    """Files into the storage. Keys are random and a file never changes: one that is there with
    the same key does not have to make room, unless it is damaged."""
    for member in archive.members(path):
        if not member.name.startswith(archive.FILES):
            continue
        key = member.name.removeprefix(archive.FILES)
        if default_storage.exists(key):
            if _same(key, member):
                continue
            default_storage.delete(key)
        member.content.seek(0)
        kept = default_storage.save(key, File(member.content, name=key))
        if kept != key or default_storage.size(key) != member.size:
            raise Problem(f"The storage did not keep {key} as it is. The database is untouched.")


def _same(key: str, member: archive.Member) -> bool:
    if default_storage.size(key) != member.size:
        return False
    with default_storage.open(key) as file:
        return all(file.read(len(block)) == block for block in member.blocks())


def _dump(path: Path) -> Iterator[bytes]:
    for member in archive.members(path):
        if member.name == archive.DUMP:
            yield from member.blocks()
            return


def _put_key(path: Path, data: Path, *, own_key: bool) -> None:
    """The key that sealed what is in the database, unless the operator brings it."""
    if own_key:
        return
    for member in islice(archive.members(path), 2):
        if member.name == archive.KEY:
            key = b"".join(member.blocks()).decode("ascii").strip()
            os.environ["HELIODESK_SECRET_KEY"] = cluster.keep_secret(data / "secret-key", key)


def _require_rows(url: str, found: Head) -> None:
    with closing(database.connect(url)) as base:
        there = rows.count(base)
    wrong = [table for table, count in found.rows.items() if there.get(table) != count]
    if wrong:
        table = wrong[0]
        raise Problem(
            f"Restored, but {table} has {there.get(table, 0)} rows where the backup had "
            f"{found.rows[table]}. Do not use this desk; try a newer pg_restore."
        )


def _bring_up_to_date() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_defaults", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
