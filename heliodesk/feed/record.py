"""Recording what happened to a case: its time line (C3), Last Modified (S4), the record (K4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models

from heliodesk.cases.models import Case
from heliodesk.core import audit, clock, rows
from heliodesk.feed.kinds import Kind
from heliodesk.feed.markdown import render
from heliodesk.feed.models import FeedItem
from heliodesk.notices.notify import tell_followers
from heliodesk.people.access import Actor

DATA: models.Field[Any, Any] = FeedItem._meta.get_field("data")
WRITE = f"""
WITH item AS (
    INSERT INTO feed_feeditem (case_id, kind, author_id, at, parent_id, body, body_html, data)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
), noted AS ({audit.WITH_ITEM}), changed AS ({{changing}})
SELECT id, EXISTS (SELECT FROM changed) FROM item
"""  # noqa: S608 - only constants are put in


def record(
    case: Case,
    kind: Kind,
    *,
    changed: Iterable[str] = (),
    body: str = "",
    body_html: str = "",
    parent: FeedItem | None = None,
    at: datetime | None = None,
    by: Actor,
    **data: Any,
) -> FeedItem:
    """Write one event of `kind` into the case's feed and into the record of changes.

    `changed` names the fields of the case which the rule has set: they are saved here, in one
    statement with Last Modified, which a kind that changes the case itself moves to the very
    time of the event. Who follows the case is told (W2). `body_html` is the body rendered
    already, where it mentions somebody.
    """
    at = at or clock.now()
    item = FeedItem(
        case=case,
        kind=kind.code,
        author_id=by.user_id,
        at=at,
        parent=parent,
        body=body,
        body_html=body_html or (render(body) if body else ""),
        data=data,
    )
    fields = list(changed)
    if kind.moves_last_modified:
        case.last_modified_at = at
        case.last_modified_by_id = by.user_id
        fields += ["last_modified_at", "last_modified_by"]
    _write(item, case, fields, by=by)
    if case.is_followed:
        tell_followers(case, item, by=by)
    return item


def _write(item: FeedItem, case: Case, fields: list[str], *, by: Actor) -> None:
    """The item, the case's fields and the entry for the record, all by one statement."""
    update, changes = rows.update(case, fields) if fields else ("", [])
    changing = f"{update} RETURNING id" if fields else "SELECT"
    data = DATA.get_db_prep_save(item.data, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE.format(changing=changing),
            [
                *(case.pk, item.kind, item.author_id, item.at, item.parent_id),
                *(item.body, item.body_html, data),
                *audit.values(item.kind, "case", case.pk, item.data, by=by),
                *changes,
            ],
        )
        item.pk, found = cursor.fetchone()
    if not found:
        raise ObjectDoesNotExist(f"no case {case.pk}")
    item._state.adding, item._state.db = False, connection.alias
