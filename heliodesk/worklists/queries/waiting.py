"""What frames every page, read in one statement: how much waits in each queue, with one's own
departments and in the bell, counted up to a bound (V2), and one's pinned list views (V3)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from heliodesk.assignments.queries.department_list import STANDING_OF, Asked
from heliodesk.core import clock
from heliodesk.notices.queries import own_notices
from heliodesk.people.access import Actor
from heliodesk.worklists.queries.written import with_names

BOUND = 1_000  # a longer queue reads "1,000+": nothing counts over everything on every page
UNREAD_BOUND = 100

# Both parts read entries of partial indexes only: case_order_of_work and notice_unread.
OLDEST = """(
    SELECT c.created_at FROM cases_case c
    WHERE c.owner_queue_id = q.id AND c.status <> 'closed' AND c.priority = {priority}
    ORDER BY c.created_at LIMIT 1
)"""
QUEUES = f"""
    SELECT 'queue', q.id, (
        SELECT count(*) FROM (
            SELECT FROM cases_case c
            WHERE c.owner_queue_id = q.id AND c.status <> 'closed' LIMIT {BOUND}
        ) waiting
    ), LEAST({OLDEST.format(priority=1)}, {OLDEST.format(priority=2)}), 0, 0, 0, ''
    FROM people_queue q WHERE q.is_active
"""  # noqa: S608 - only constants are put in
UNREAD = f"""
    SELECT 'unread', 0, count(*), NULL::timestamptz, 0, 0, 0, '' FROM (
        SELECT FROM notices_notice n
        WHERE n.recipient_id = %(person)s AND n.read_at IS NULL LIMIT {UNREAD_BOUND}
    ) unread
"""  # noqa: S608 - only constants are put in
#: The same for people who may not see every case (K6); `mine` is a statement of their notices.
UNREAD_SEEN = "SELECT 'unread', 0, count(*), NULL::timestamptz, 0, 0, 0, '' FROM ({mine}) unread"
DEPARTMENTS = f"""
    SELECT 'department', id, open, oldest, accepted, overdue, mine, ''
    FROM ({STANDING_OF.format(which="d.id = ANY(%(departments)s)")}) asked
"""  # noqa: S608 - only constants are put in
#: Views that are shared with one no longer stay away (V3).
PINNED = """
    SELECT 'pinned', p.view_id, p.position, NULL, 0, 0, 0, v.name
    FROM list_views_pinnedview p JOIN list_views_listview v ON v.id = p.view_id
    WHERE p.person_id = %(person)s AND (
        v.owner_id = p.person_id OR v.shared_with = 'everybody'
        OR v.queue_id = ANY(%(queues)s) OR v.department_id = ANY(%(departments)s)
    )
"""
#: The columns of the list that the page shows, as the person chose them, or its folded groups.
LAYOUT = """
    SELECT 'layout', 0, 0, NULL, 0, 0, 0,
        json_build_object('columns', l.columns, 'widths', l.widths, 'folded', l.folded)::text
    FROM list_views_listlayout l WHERE l.person_id = %(person)s AND l.list = %(list)s
"""


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
    """What the frame of every page shows: unread notices, what waits by queue ID, what stands with
    one's own departments by department ID, and the views in one's rail by key, in their order.
    `layout` holds the person's `columns`, `widths` and `folded` of the list that was asked for."""

    unread: int = 0
    queues: dict[int, Waiting] = field(default_factory=dict)
    departments: dict[int, Asked] = field(default_factory=dict)
    pinned: dict[int, str] = field(default_factory=dict)
    layout: dict[str, Any] = field(default_factory=dict)


def counts(by: Actor, *, list_name: str = "") -> Counts:
    """Unread notices of `by`, for Support what waits in each active queue, what stands with the
    departments of `by`, and their pinned views; with `list_name` their layout of that list."""
    unread, values = _unread(by)
    values |= {"queues": list(by.queue_ids), "departments": list(by.department_ids)}
    parts = [unread, PINNED]
    if by.is_support:
        parts.append(QUEUES)
    if by.department_ids:
        parts.append(DEPARTMENTS)
        values |= {"now": clock.now()}
    if list_name:
        parts.append(LAYOUT)
        values |= {"list": list_name}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows = cursor.fetchall()
    return Counts(
        unread=sum(row[2] for row in rows if row[0] == "unread"),
        queues={row[1]: Waiting(row[2], row[3]) for row in rows if row[0] == "queue"},
        departments={
            key: Asked(count, accepted, overdue, mine, oldest)
            for what, key, count, oldest, accepted, overdue, mine, _ in rows
            if what == "department"
        },
        pinned={row[1]: row[7] for row in sorted(rows, key=_place) if row[0] == "pinned"},
        layout=next((json.loads(row[7]) for row in rows if row[0] == "layout"), {}),
    )


def _place(row: tuple[Any, ...]) -> tuple[int, int]:
    """Where a pinned view stands in the rail."""
    return row[2], row[1]


def _unread(by: Actor) -> tuple[str, dict[str, Any]]:
    """The statement that counts the unread notices which `by` may see, and its values."""
    person = {"person": by.person_id}
    if by.is_support:
        return UNREAD, person
    mine = own_notices(by).filter(read_at=None).order_by().values("pk")[:UNREAD_BOUND]
    sql, named = with_names(mine, "seen")
    return UNREAD_SEEN.format(mine=sql), person | named
