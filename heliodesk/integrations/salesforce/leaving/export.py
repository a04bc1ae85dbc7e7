"""Writing the whole desk as CSV files, and the bytes of its files beside them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction

from heliodesk import __version__
from heliodesk.core import audit, clock
from heliodesk.integrations.salesforce.leaving import cases, directory, facts, feed, ids, people
from heliodesk.integrations.salesforce.leaving.target import BLOCK, Target, opened, require_room
from heliodesk.people.access import Actor

#: One file an object, in the order in which one refers to another.
TABLES = people.TABLES | directory.TABLES | cases.TABLES | feed.TABLES | facts.TABLES
BYTES = "ContentVersion"  # the folder
AT_A_TIME = 1000
LEFT_OUT = [
    "passwords, second factors, sessions, tokens, invitations, single sign-on",
    "settings of the desk, of Jira, Engine and webhooks; quick texts; saved list views",
    "notices, drafts, actions on several cases and their results",
    "the record of changes, and of what was erased",
    "which rows a merge has moved: an imported merge cannot be undone",
]

log = logging.getLogger(__name__)

Tick = Callable[[str, int], None]


@dataclass
class Exported:
    """What was written."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    #: Files that rows name and the storage does not have.
    lost: list[str] = field(default_factory=list)


def export(path: Path, *, by: Actor, tick: Tick = lambda what, count: None) -> Exported:
    """Write everything to the folder or ZIP file `path`, as of one moment.

    `tick` hears which file is written and how many rows there are so far. Refuses (`ImportProblem`)
    a path that is taken or cannot be written; then nothing is there.
    """
    done = Exported()
    with opened(path) as target, _one_moment():
        require_room(path, _value("SELECT COALESCE(sum(size), 0) FROM files_casefile"))
        desk = _value(ids.TELLS_DESKS_APART)
        for name, query in TABLES.items():
            written = _Counted(_csv(ids.with_ids(query, desk)))
            target.write(f"{name}.csv", written)
            done.rows[name] = written.rows
            tick(name, written.rows)
        _write_files(target, done, desk, tick)
        target.write("manifest.json", [_manifest(done)])
    changes = {"to": path.name, "rows": done.rows, "files": done.files}
    audit.note("exported_everything", "desk", None, changes=changes, by=by)
    return done


@contextmanager
def _one_moment() -> Iterator[None]:
    outermost = not connection.in_atomic_block  # a test may be in a transaction already
    with transaction.atomic(), connection.cursor() as cursor:
        if outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL TimeZone TO 'UTC'")
        # Compiling many columns takes PostgreSQL longer than writing thousands of rows of them.
        cursor.execute("SET LOCAL jit TO off")
        cursor.execute("SET LOCAL statement_timeout TO 0")
        yield


def _value(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


class _Counted:
    """Blocks of whole rows, counted as they go by, the heading apart."""

    def __init__(self, lines: Iterator[Any]) -> None:
        self.lines = lines
        self.rows = -1

    def __iter__(self) -> Iterator[bytes]:
        block = bytearray()
        for line in self.lines:
            block += line
            self.rows += 1
            if len(block) >= BLOCK:
                yield bytes(block)
                block = bytearray()
        yield bytes(block)


def _csv(query: str) -> Iterator[Any]:
    """The rows in the order of their IDs, each as a line (PostgreSQL sends one at a time)."""
    statement = f"""COPY (SELECT * FROM ({query}) made ORDER BY "Id" COLLATE "C")
        TO STDOUT (FORMAT csv, HEADER, FORCE_QUOTE *)"""
    with connection.connection.cursor() as cursor, cursor.copy(statement) as lines:
        yield from lines


def _write_files(target: Target, done: Exported, desk: str, tick: Tick) -> None:
    with connection.chunked_cursor() as cursor:
        cursor.execute(ids.with_ids(feed.STORED, desk))
        while some := cursor.fetchmany(AT_A_TIME):
            for version, key in some:
                _write_file(target, done, version, key)
            tick("files", done.files)


def _write_file(target: Target, done: Exported, version: str, key: str) -> None:
    try:
        file = default_storage.open(key)
    except Exception:  # storages fail with errors of their own; it is told at the end
        log.exception("A file is missing in the storage: %s", key)
        done.lost.append(key)
        return
    with file:
        target.write(f"{BYTES}/{version}", iter(lambda: file.read(BLOCK), b""))
    done.files += 1


def _manifest(done: Exported) -> bytes:
    said = {
        "release": __version__,
        "taken_at": clock.now().isoformat(timespec="seconds"),
        "rows": done.rows,
        "files": done.files,
        "lost": done.lost,
        "left_out": LEFT_OUT,
    }
    return json.dumps(said, indent=1, ensure_ascii=False).encode() + b"\n"
