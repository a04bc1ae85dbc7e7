"""What a supervisor looks at first: what waits unassigned, what is late, and with whom (V1, V2, L7,
F4, W1). One statement; every count reads entries of partial indexes, up to a bound."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from heliodesk.assignments.queries.department_list import STANDING_OF, Asked
from heliodesk.cases.models import Priority
from heliodesk.core import clock
from heliodesk.list_views.filters.moments import start_of
from heliodesk.people.models import DeskSettings
from heliodesk.worklists.queries.waiting import BOUND

OPEN = "c.status <> 'closed'"
READ = f"""
    SELECT 'department', d.id, '', d.open, d.overdue, d.oldest
    FROM ({STANDING_OF.format(which="true")}) d WHERE d.is_active OR d.open > 0
    UNION ALL
    SELECT 'queue', q.id, '', (SELECT count(*) FROM (
        SELECT FROM cases_case c
        WHERE c.owner_queue_id = q.id AND {OPEN} AND c.priority = %(high)s LIMIT {BOUND}
    ) waiting), 0, NULL FROM people_queue q WHERE q.is_active
    UNION ALL
    SELECT 'person', u.id, u.name, held.open, held.due, NULL
    FROM people_user u CROSS JOIN LATERAL (
        SELECT count(*) AS open, count(*) FILTER (WHERE h.review_due_from < %(due)s) AS due FROM (
            SELECT c.review_due_from FROM cases_case c
            WHERE c.owner_agent_id = u.id AND {OPEN} ORDER BY c.review_due_from LIMIT {BOUND}
        ) h
    ) held WHERE u.is_active AND held.open > 0
    UNION ALL
    SELECT 'passed', 0, '', (SELECT count(*) FROM (
        SELECT FROM cases_case c WHERE {OPEN} AND c.follow_up_at < %(today)s LIMIT {BOUND}
    ) passed), 0, NULL
"""  # noqa: S608 - only constants are put in


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with open cases: how many, and how many of these are due for review."""

    key: int
    name: str
    open: int
    due: int


@dataclass(frozen=True, slots=True)
class Team:
    """What stands with the departments together; of each queue how much of high priority waits; who
    holds cases, most reviews due first; how many follow-up dates passed before today."""

    asked: Asked
    high: dict[int, int] = field(default_factory=dict)
    people: list[Holder] = field(default_factory=list)
    passed: int = 0


def read_team(settings: DeskSettings) -> Team:
    """The whole of Support as it stands now."""
    values: dict[str, Any] = {
        "person": None,
        "now": clock.now(),
        "high": Priority.HIGH.value,
        "due": clock.now() - settings.review_interval,
        "today": start_of(clock.today()),
    }
    with connection.cursor() as cursor:
        cursor.execute(READ, values)
        rows = cursor.fetchall()
    people = [Holder(key, name, *two) for what, key, name, *two, _ in rows if what == "person"]
    return Team(
        asked=_together([row for row in rows if row[0] == "department"]),
        high={row[1]: row[3] for row in rows if row[0] == "queue"},
        people=sorted(people, key=lambda one: (-one.due, -one.open, one.name)),
        passed=sum(row[3] for row in rows if row[0] == "passed"),
    )


def _together(departments: list[tuple[Any, ...]]) -> Asked:
    oldest: list[datetime] = [row[5] for row in departments if row[5]]
    return Asked(
        open=sum(row[3] for row in departments),
        overdue=sum(row[4] for row in departments),
        oldest=min(oldest, default=None),
    )
