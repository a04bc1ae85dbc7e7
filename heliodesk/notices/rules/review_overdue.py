"""Telling owners that a review is overdue (C2, L7)."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from heliodesk.core import clock
from heliodesk.core.rule import rule
from heliodesk.notices.models import NoticeKind
from heliodesk.people.access import SYSTEM, Actor
from heliodesk.people.models import DeskSettings

#: What became due longer ago is history: an import, or a desk that never told of it.
CATCHES_UP = timedelta(days=3)

# By person: each one's open cases stand in the index by when their review counts from. The
# owner is in Support, who see every case (K6); somebody who left it is told nothing.
TELL = """
    INSERT INTO notices_notice (recipient_id, case_id, kind, due_at, at)
    SELECT owner.id, c.id, %(kind)s::text, c.review_due_from + %(interval)s::interval,
        %(now)s::timestamptz
    FROM people_user owner
    JOIN cases_case c ON c.owner_agent_id = owner.id AND c.status <> 'closed'
        AND c.review_due_from < %(before)s AND c.review_due_from >= %(after)s
    WHERE owner.is_active
        AND NOT EXISTS (
            SELECT FROM notices_notice told
            WHERE told.case_id = c.id AND told.recipient_id = owner.id
                AND told.kind = %(kind)s::text AND told.at > c.review_due_from
        )
    ON CONFLICT DO NOTHING
"""


@rule("C2", "L7")
def tell_of_overdue_reviews(*, by: Actor = SYSTEM) -> int:
    """Tell each owner of the cases whose review has become due: once until the next review,
    however often it runs; gives how many were told.

    A case that a queue owns rings for nobody: it stands in the queue's list.
    """
    now = clock.now()
    interval = DeskSettings.current().review_interval
    with connection.cursor() as cursor:
        cursor.execute(
            TELL,
            {
                "kind": NoticeKind.REVIEW_OVERDUE.value,
                "interval": f"{interval.total_seconds():.0f} seconds",
                "now": now,
                "before": now - interval,
                "after": now - interval - CATCHES_UP,
            },
        )
        return int(cursor.rowcount)
