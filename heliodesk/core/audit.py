"""Writing the record that nobody can edit through the desk (K4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from heliodesk.core import clock, rows
from heliodesk.core.models import AuditEntry


class By(Protocol):
    """What the record needs to know of an actor."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def origin(self) -> str: ...


def note(
    kind: str,
    subject_kind: str,
    subject_id: int | None,
    *,
    changes: Mapping[str, Any] | None = None,
    by: By,
) -> None:
    """Record one change: `kind` is what happened, `changes` the old and new values (K4)."""
    entry = AuditEntry(
        at=clock.now(),
        by_id=by.user_id,
        origin=by.origin[:80],
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        changes=dict(changes or {}),
    )
    rows.add(entry)
