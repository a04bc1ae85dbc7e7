"""Who has how many open cases, for supervisors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from heliodesk.cases.models import Priority
from heliodesk.core import clock
from heliodesk.people.models import DeskSettings, Role

READ = """
    SELECT u.id, u.name, u.role, count(*), count(*) FILTER (WHERE c.priority = %s),
        count(*) FILTER (WHERE c.review_due_from < %s), min(c.created_at)
    FROM cases_case c JOIN people_user u ON u.id = c.owner_agent_id
    WHERE c.status <> 'closed' AND c.owner_agent_id IS NOT NULL
    GROUP BY u.id ORDER BY count(*) DESC, u.name
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
    oldest: datetime


def people_with_open_cases() -> list[PersonLine]:
    """Everybody who owns an open case, those with the most first."""
    due = clock.now() - DeskSettings.current().review_interval
    with connection.cursor() as cursor:
        cursor.execute(READ, [Priority.HIGH.value, due])
        return [
            PersonLine(key, name, Role(role).label, *counts)
            for key, name, role, *counts in cursor.fetchall()
        ]
