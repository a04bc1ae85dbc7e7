"""Who has how many open cases, and who has room, for supervisors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from heliodesk.cases.models import Priority
from heliodesk.core import clock
from heliodesk.people.models import DeskSettings, Role

AGENTS = (Role.FRONTLINE.value, Role.BACK_OFFICE.value)

# Agents with no open case stand there too: they are whom one gives some to.
READ = """
    SELECT u.id, u.name, u.role, coalesce(n.open, 0), coalesce(n.high, 0), coalesce(n.due, 0),
        n.oldest
    FROM people_user u LEFT JOIN (
        SELECT c.owner_agent_id, count(*) AS open, min(c.created_at) AS oldest,
            count(*) FILTER (WHERE c.priority = %(high)s) AS high,
            count(*) FILTER (WHERE c.review_due_from < %(due)s) AS due
        FROM cases_case c WHERE c.status <> 'closed' AND c.owner_agent_id IS NOT NULL
        GROUP BY c.owner_agent_id
    ) n ON n.owner_agent_id = u.id
    WHERE (n.open > 0 OR u.is_active AND u.role = ANY(%(agents)s))
        AND (%(queue)s::bigint IS NULL OR EXISTS (
            SELECT FROM people_queuemembership m WHERE m.user_id = u.id AND m.queue_id = %(queue)s
        ))
    ORDER BY u.name, u.id
"""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person with their open cases: all, of high priority, due for review, the oldest."""

    key: int
    name: str
    role: str
    open: int
    high: int
    due: int
    oldest: datetime | None


USUAL = "-open"
#: By what the list is sorted; those without any open case have no oldest one and come last.
ORDERS: dict[str, Callable[[PersonLine], Any]] = {
    "name": lambda line: line.name.casefold(),
    "role": lambda line: line.role,
    "open": lambda line: line.open,
    "high": lambda line: line.high,
    "due": lambda line: line.due,
    "oldest": lambda line: (clock.now() - line.oldest).total_seconds() if line.oldest else 0,
}


def people_with_open_cases(queue_id: int | None = None, sort: str = USUAL) -> list[PersonLine]:
    """All agents, and everybody else who owns an open case; of one queue its members. Equal ones
    stand by their names."""
    due = clock.now() - DeskSettings.current().review_interval
    values: dict[str, Any] = {"high": Priority.HIGH.value, "due": due, "queue": queue_id}
    with connection.cursor() as cursor:
        cursor.execute(READ, {**values, "agents": list(AGENTS)})
        found = [
            PersonLine(key, name, Role(role).label, *counts)
            for key, name, role, *counts in cursor.fetchall()
        ]
    key = sort.removeprefix("-")
    return sorted(found, key=ORDERS[key], reverse=sort.startswith("-"))
