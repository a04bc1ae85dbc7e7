"""Whether a desk has to be prepared before it serves, found out without loading Django."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from pathlib import Path

import psycopg

from heliodesk.server import database
from heliodesk.server.environment import CHECKOUT


def is_prepared(data: Path, url: str, kind: str) -> bool:
    """True when nothing has changed since `remember`: not the program, not the migrations that the
    database has. `kind` is "demo" or "desk"."""
    try:
        known = json.loads(_note(data, kind).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(known == _state(data, url))


def remember(data: Path, url: str, kind: str) -> None:
    """Keep for next time that the desk is prepared now."""
    _note(data, kind).write_text(json.dumps(_state(data, url)), encoding="utf-8")


def _note(data: Path, kind: str) -> Path:
    return data / f"prepared-{kind}.json"


def _state(data: Path, url: str) -> dict[str, object]:
    return {
        "program": _program_digest(),
        "database": _applied(url),
        "static": (data / "static" / "staticfiles.json").exists(),
    }


def _program_digest() -> str:
    digest = hashlib.sha256((CHECKOUT / "requirements" / "base.txt").read_bytes())
    for path in sorted((CHECKOUT / "heliodesk").rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            facts = path.stat()
            digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _applied(url: str) -> list[str] | None:
    with closing(database.connect(url)) as connection:
        try:
            row = connection.execute(
                "SELECT current_database(), count(*), max(applied) FROM django_migrations"
            ).fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return [str(value) for value in row or ()]
