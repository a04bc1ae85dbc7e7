"""Follow-ups that a department has not answered (F1–F3), those next to be escalated first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from heliodesk.dashboards.scope import Scope
from heliodesk.worklists.queries.names import names

SHOWN = 8
# Entries of the partial index follow_up_one_unanswered; of those that are only counted, assignment
# and case are not looked up unless the scope asks for them. How many are shown is written out, for
# a plan for any number is never kept.
READ = f"""
    SELECT c.number, c.customer_name, a.department_id, f.asked_by_id, f.asked_at, f.escalates_at,
        f.escalated_at, f.count, f.escalated
    FROM (
        SELECT f.*, count(*) OVER (), count(f.escalated_at) OVER () AS escalated
        FROM assignments_followup f {{asked}}
        WHERE f.ended_at IS NULL {{scope}}
        ORDER BY f.escalates_at, f.id LIMIT {SHOWN}
    ) f
    JOIN assignments_caseassignment a ON a.id = f.assignment_id
    JOIN cases_case c ON c.id = a.case_id
    ORDER BY f.escalates_at, f.id
"""  # noqa: S608 - a number of our own
ASKED = """
        JOIN assignments_caseassignment a ON a.id = f.assignment_id
        JOIN cases_case c ON c.id = a.case_id
"""


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One that waits: the case, whom it asked, who asked, since when, and until it escalates."""

    number: int
    customer: str
    department: str
    asked_by: str
    asked_at: datetime
    escalates_at: datetime
    escalated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many wait, how many of these were escalated, and the first `SHOWN` of them."""

    count: int = 0
    escalated: int = 0
    lines: tuple[FollowUpLine, ...] = ()


def unanswered(scope: Scope) -> Unanswered:
    """What waits for an answer. One statement."""
    condition, values = scope.condition(assignments=True)
    with connection.cursor() as cursor:
        read = READ.format(scope=condition, asked=ASKED if condition else "")
        cursor.execute(read, values)
        rows = cursor.fetchall()
    if not rows:
        return Unanswered()
    lines = (
        FollowUpLine(
            number,
            customer,
            names("department", department)[department],
            names("person", person)[person],
            *times,
        )
        for number, customer, department, person, *times, _, _ in rows
    )
    return Unanswered(rows[0][-2], rows[0][-1], tuple(lines))
