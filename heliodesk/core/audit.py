"""Writing the record that nobody can edit through the desk (K4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import connection, models

from heliodesk.core import clock, rows
from heliodesk.core.models import AuditEntry

JSON: models.Field[Any, Any] = AuditEntry._meta.get_field("changes")


class By(Protocol):
    """What the record needs to know of an actor."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def origin(self) -> str: ...


#: The same as a part of another statement, which gives the ID of what it added as `item`.
WITH_ITEM = """
    INSERT INTO core_auditentry (at, by_id, origin, kind, subject_kind, subject_id, changes)
    VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb || jsonb_build_object('item', (SELECT id FROM item)))
"""


def values(
    kind: str, subject_kind: str, subject_id: int, changes: Mapping[str, Any], *, by: By
) -> list[Any]:
    """What `WITH_ITEM` takes."""
    return [
        *(clock.now(), by.user_id, by.origin[:80], kind, subject_kind, subject_id),
        JSON.get_db_prep_save(dict(changes), connection),
    ]


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
