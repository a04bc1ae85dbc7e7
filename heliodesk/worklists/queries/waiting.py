"""How much waits: for each queue and in the bell, in one statement, counted up to a bound (V2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from heliodesk.people.access import Actor

BOUND = 1_000  # a longer queue reads "1,000+": nothing counts over everything on every page
UNREAD_BOUND = 100

# Both parts read entries of partial indexes only: case_order_of_work and notice_unread.
OLDEST = """(
    SELECT c.created_at FROM cases_case c
    WHERE c.owner_queue_id = q.id AND c.status <> 'closed' AND c.priority = {priority}
    ORDER BY c.created_at LIMIT 1
)"""
READ = f"""
    SELECT q.id, (
        SELECT count(*) FROM (
            SELECT FROM cases_case c
            WHERE c.owner_queue_id = q.id AND c.status <> 'closed' LIMIT {BOUND}
        ) waiting
    ), LEAST({OLDEST.format(priority=1)}, {OLDEST.format(priority=2)}), 0
    FROM people_queue q WHERE q.is_active AND %(support)s
    UNION ALL
    SELECT 0, 0, NULL, count(*) FROM (
        SELECT FROM notices_notice n
        WHERE n.recipient_id = %(user)s AND n.read_at IS NULL LIMIT {UNREAD_BOUND}
    ) unread
"""  # noqa: S608 - only constants are put in


@dataclass(frozen=True, slots=True)
class Waiting:
    """The open cases of a queue: how many, up to `BOUND`, and since when the oldest waits."""

    count: int = 0
    oldest: datetime | None = None

    @property
    def words(self) -> str:
        """The count as people read it: `12`, or `1,000+`."""
        return f"{self.count:,}{'+' if self.count >= BOUND else ''}"


@dataclass(frozen=True, slots=True)
class Counts:
    """What the frame of every page shows: unread notices, and what waits by queue ID."""

    unread: int = 0
    queues: dict[int, Waiting] = field(default_factory=dict)


def counts(by: Actor) -> Counts:
    """Unread notices of `by`, and for Support what waits in each active queue."""
    with connection.cursor() as cursor:
        cursor.execute(READ, {"user": by.person_id, "support": by.is_support})
        rows = cursor.fetchall()
    return Counts(
        unread=sum(row[3] for row in rows),
        queues={row[0]: Waiting(row[1], row[2]) for row in rows if row[0]},
    )
