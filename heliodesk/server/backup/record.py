"""Backups in the record of changes (K4): whoever has one has everything."""

from __future__ import annotations

from pathlib import Path

from heliodesk.core import audit
from heliodesk.people.access import SYSTEM, Actor
from heliodesk.server.backup.head import Head
from heliodesk.server.backup.taking import Taken
from heliodesk.server.prepare import missing_migrations


def taken(target: Path, what: Taken) -> None:
    """A backup was taken. Before an update's migrations the record may not be as this release
    knows it: then nothing is written."""
    if not missing_migrations():
        changes = {"file": target.name, "files": what.files, "lost": len(what.lost)}
        audit.note("backup_taken", "desk", None, changes=changes, by=_by("backup"))


def restored(path: Path, head: Head) -> None:
    """The desk is one that was saved."""
    changes = {"file": path.name, "taken_at": head.taken_at, "release": head.release}
    audit.note("restored", "desk", None, changes=changes, by=_by("restore"))


def _by(command: str) -> Actor:
    return Actor(None, SYSTEM.name, SYSTEM.role, origin=f"command {command}")
