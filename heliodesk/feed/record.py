"""Recording what happened to a case: its time line (C3), Last Modified (S4), the record (K4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from heliodesk.cases.models import Case
from heliodesk.core import audit, clock, rows
from heliodesk.feed.kinds import Kind
from heliodesk.feed.markdown import render
from heliodesk.feed.models import FeedItem
from heliodesk.notices.notify import tell_followers
from heliodesk.people.access import Actor


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
    rows.add(item)
    fields = list(changed)
    if kind.moves_last_modified:
        case.last_modified_at = at
        case.last_modified_by_id = by.user_id
        fields += ["last_modified_at", "last_modified_by"]
    if fields:
        rows.save(case, fields)
    if case.is_followed:
        tell_followers(case, item, by=by)
    audit.note(kind.code, "case", case.pk, changes={**data, "item": item.pk}, by=by)
    return item
