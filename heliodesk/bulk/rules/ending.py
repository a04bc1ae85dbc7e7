"""How an action on several cases ends: all done, or stopped (V3). People are told then, in one
notice each (C2)."""

from __future__ import annotations

from typing import Any

from django.db import connection

from heliodesk.bulk.access import get_action
from heliodesk.bulk.models import Act, BulkAction
from heliodesk.core import audit, clock
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import notify_together
from heliodesk.people.access import Actor

COUNT = """
    UPDATE bulk_bulkaction a SET done = counted.done, nothing = counted.nothing,
        refused = counted.refused, ended_at = %(now)s, stopped_by_id = %(stopped_by)s
    FROM (
        SELECT count(*) FILTER (WHERE outcome = 'done') AS done,
            count(*) FILTER (WHERE outcome = 'nothing') AS nothing,
            count(*) FILTER (WHERE outcome = 'refused') AS refused
        FROM bulk_bulkresult WHERE action_id = %(action)s
    ) counted
    WHERE a.id = %(action)s
"""
#: Each follower's count of the cases that were done, and the first of them.
FOLLOWERS = """
    SELECT f.user_id, count(*), min(r.id) FROM bulk_bulkresult r
    JOIN cases_follower f ON f.case_id = r.case_id
    WHERE r.action_id = %s AND r.outcome = 'done' GROUP BY f.user_id
"""
#: What the feed says of the first case that was done.
ITEM = """
    SELECT item.id FROM bulk_bulkresult r JOIN feed_feeditem item ON item.case_id = r.case_id
        AND item.author_id = %s AND item.kind = %s AND item.at >= r.at
    WHERE r.id = %s ORDER BY item.at, item.id LIMIT 1
"""
KIND = {Act.OWNER: "owner", Act.TAKE: "taken", Act.CLOSE: "closed", Act.PRIORITY: "fields"}


@rule("V3")
def end(action_id: int, *, stopped: bool = False, by: Actor) -> BulkAction:
    """End the action, with exact counts: finished, or `stopped` by somebody; gives it. Does nothing
    where it has ended already."""
    action = BulkAction.objects.select_for_update().get(pk=action_id)
    if action.has_ended:
        return action
    values: dict[str, Any] = {
        "now": clock.now(),
        "action": action.pk,
        "stopped_by": by.user_id if stopped else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
    action.refresh_from_db()
    counts = {"done": action.done, "nothing": action.nothing, "refused": action.refused}
    kind = "bulk_stopped" if stopped else "bulk_finished"
    changes = {**counts, "left": action.left}
    audit.note(kind, "bulk_action", action.pk, changes=changes, by=by)
    _tell(action)
    return action


@rule("V3")
def stop_bulk_action(action_id: int, *, by: Actor) -> BulkAction:
    """Stop the action: what is done stays done, and no further case is touched. Refuses for
    anybody but who began it and supervisors, and where it has ended."""
    action = get_action(action_id, by=by)
    if action.has_ended:
        raise Refused(
            "ended_already",
            "It has ended already, so there is nothing to stop. What was done stands below.",
            rule="V3",
        )
    return end(action_id, stopped=True, by=by)


def _tell(action: BulkAction) -> None:
    """Tell the new owner, and whoever follows some of the cases, in one notice each."""
    by = Actor(action.by_id, "", "", bulk_action=action.pk)
    to = action.arguments.get("to", "")
    owner = int(to.removeprefix("user-")) if to.startswith("user-") else None
    with connection.cursor() as cursor:
        cursor.execute(FOLLOWERS, [action.pk])
        following = {user_id: (count, first) for user_id, count, first in cursor.fetchall()}
    if owner and action.done:
        following.pop(owner, None)
        first = action.results.filter(outcome="done").order_by("id").values_list("pk", flat=True)[0]
        _tell_of(action, {owner: (action.done, first)}, NoticeKind.NOW_OWNER, by=by)
    _tell_of(action, following, NoticeKind.FOLLOWED, by=by)


def _tell_of(
    action: BulkAction, people: dict[int, tuple[int, int]], kind: NoticeKind, *, by: Actor
) -> None:
    firsts: dict[int, FeedItem] = {}
    for user_id, (_, result) in people.items():
        if user_id != action.by_id and (item := _item(action, result)):
            firsts[user_id] = item
    counts = {user_id: count for user_id, (count, _) in people.items()}
    notify_together(firsts, counts, kind, bulk_action=action.pk, by=by)


def _item(action: BulkAction, result: int) -> FeedItem | None:
    with connection.cursor() as cursor:
        cursor.execute(ITEM, [action.by_id, KIND[Act(action.act)], result])
        row = cursor.fetchone()
    return FeedItem.objects.select_related("case").get(pk=row[0]) if row else None
