"""Jobs and their milestone feeds in one SQLite file, which outlives restarts and kills."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS job (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name TEXT NOT NULL, phase TEXT NOT NULL, installer TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY, job TEXT NOT NULL REFERENCES job (id), at TEXT NOT NULL,
    author TEXT NOT NULL, milestone TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '',
    private INTEGER NOT NULL DEFAULT 0, key TEXT UNIQUE
);
CREATE INDEX IF NOT EXISTS entry_of_job ON entry (job, at);
"""
ADD_JOB = "INSERT INTO job (id, name, phase, installer) VALUES (:id, :name, :phase, :installer)"
ADD_ENTRY = """
    INSERT INTO entry (job, at, author, milestone, text, private, key)
    VALUES (:job, :at, :author, :milestone, :text, :private, :key)
"""
SEARCH = """
    SELECT * FROM job WHERE id LIKE :start ESCAPE '\\' OR name LIKE :inside ESCAPE '\\'
    ORDER BY id NOT LIKE :start ESCAPE '\\', number DESC LIMIT :most
"""
BLANK = {"author": "Engine", "milestone": "", "text": "", "private": False, "key": None}

Row = dict[str, Any]


class KeyTakenError(Exception):
    """The key belongs to another comment."""


class Store:
    """Safe to use from several threads: each call has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as database:
            database.executescript(f"PRAGMA journal_mode = WAL; {SCHEMA}")

    def fill(self, path: Path) -> None:
        """Take jobs and their feeds over from a JSON file, unless there are jobs already."""
        with self._open() as database:
            if database.execute("SELECT 1 FROM job LIMIT 1").fetchone():
                return
            for job in json.loads(path.read_text(encoding="utf-8"))["jobs"]:
                database.execute(ADD_JOB, job)
                feed = [BLANK | entry | {"job": job["id"]} for entry in job["entries"]]
                database.executemany(ADD_ENTRY, feed)

    def job(self, job_id: str) -> Row | None:
        """The job with this ID."""
        return self._one("SELECT * FROM job WHERE id = ?", job_id)

    def search(self, text: str, most: int) -> list[Row]:
        """The jobs whose ID begins with the text, then those whose name has it; newest first."""
        plain = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        wanted = {"start": f"{plain}%", "inside": f"%{plain}%", "most": most}
        with self._open() as database:
            return [dict(row) for row in database.execute(SEARCH, wanted)]

    def feed(self, job_id: str, most: int = 200) -> list[Row]:
        """The feed of the job's OPS phase, newest first."""
        statement = "SELECT * FROM entry WHERE job = ? ORDER BY at DESC, id DESC LIMIT ?"
        with self._open() as database:
            return [dict(row) for row in database.execute(statement, [job_id, most])]

    def newest_comments(self, most: int) -> list[Row]:
        """What was said last, in any job."""
        statement = "SELECT * FROM entry WHERE text <> '' ORDER BY at DESC, id DESC LIMIT ?"
        with self._open() as database:
            return [dict(row) for row in database.execute(statement, [most])]

    def comment(self, job_id: str, text: str, *, private: bool, key: str) -> tuple[Row, bool]:
        """Keep a comment under its key, once: gives it, and whether it is new.

        It is on disk when this returns. Fails with `KeyTakenError` where the key belongs to a
        comment of another job, text or privacy.
        """
        entry = BLANK | {
            "job": job_id,
            "at": datetime.now(UTC).isoformat(timespec="microseconds"),
            "author": "Heliodesk",
            "text": text,
            "private": private,
            "key": key,
        }
        with self._open() as database:
            new = database.execute(f"{ADD_ENTRY} ON CONFLICT (key) DO NOTHING", entry).rowcount
            found = dict(database.execute("SELECT * FROM entry WHERE key = ?", [key]).fetchone())
        if (found["job"], found["text"], bool(found["private"])) != (job_id, text, private):
            raise KeyTakenError(key)
        return found, bool(new)

    def _one(self, statement: str, *values: object) -> Row | None:
        with self._open() as database:
            row = database.execute(statement, values).fetchone()
        return dict(row) if row else None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self.path, timeout=10)
        database.row_factory = sqlite3.Row
        try:
            with database:  # commits, or rolls back what failed
                yield database
        finally:
            database.close()
