"""The lists of actions on several cases, and of exports."""

from __future__ import annotations

from heliodesk.bulk.access import visible_actions
from heliodesk.bulk.models import BulkAction, Export
from heliodesk.core.numbers import whole
from heliodesk.people.access import Actor

PAGE = 50


def actions(*, by: Actor, before: str = "") -> tuple[list[BulkAction], int]:
    """A page of the actions that `by` may see, the newest first, and where the next one begins; 0
    where there is none. One SQL statement."""
    found = visible_actions(by).select_related("by").order_by("-id")
    start = whole(before)
    if start is not None:
        found = found.filter(pk__lt=start)
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else 0


def exports(*, by: Actor) -> list[Export]:
    """One's own latest exports that a worker writes or has written; one SQL statement."""
    mine = Export.objects.filter(by_id=by.user_id, forgotten_at=None)
    return list(mine.order_by("-id")[:10])
