"""What a department's list shows (A8): the conditions of its tabs, and the counts above them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from heliodesk.assignments.queries.overdue import IS_OVERDUE, SINCE
from heliodesk.assignments.queries.rows import STANDS
from heliodesk.core import clock

BOUND = 1_000  # what stands with one department; more reads "1,000+"

#: The tabs: what each shows of the departments `departments` to the person `person`.
SHOWN = {
    "open": f"a.department_id = ANY(%(departments)s) AND {STANDS}",
    "mine": f"a.department_id = ANY(%(departments)s) AND {STANDS} AND a.assignee_id = %(person)s",
    "overdue": f"a.department_id = ANY(%(departments)s) AND {IS_OVERDUE}",
    "ended": "a.department_id = ANY(%(departments)s) AND a.ended_at IS NOT NULL",
}
#: The same of one department: PostgreSQL reads an index in its order only for one value.
OF_ONE = {
    tab: where.replace("= ANY(%(departments)s)", "= (%(departments)s::bigint[])[1]")
    for tab, where in SHOWN.items()
}

# Entries of the partial index assignment_standing, the oldest first, up to the bound.
STANDING_OF = f"""
    SELECT d.id, d.is_active, count(a.id) AS open,
        count(*) FILTER (WHERE a.status = 'accepted') AS accepted,
        count(*) FILTER (WHERE {IS_OVERDUE}) AS overdue,
        count(*) FILTER (WHERE a.assignee_id = %(person)s) AS mine,
        min(a.created_at) AS oldest
    FROM people_department d CROSS JOIN {SINCE}
    LEFT JOIN LATERAL (
        SELECT a.* FROM assignments_caseassignment a
        WHERE a.department_id = d.id AND {STANDS}
        ORDER BY a.created_at, a.id LIMIT {BOUND}
    ) a ON true
    WHERE {{which}}
    GROUP BY d.id
"""  # noqa: S608 - only constants are put in


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands with a department: how many, up to `BOUND`; how many of these are accepted, how
    many of them by the person who looks, and how many overdue; since when the oldest."""

    open: int = 0
    accepted: int = 0
    overdue: int = 0
    mine: int = 0
    oldest: datetime | None = None

    @property
    def words(self) -> str:
        """The count as people read it: `12`, or `1,000+`."""
        return self.bounded(self.open)

    def bounded(self, count: int) -> str:
        """One of the counts, with a plus where not all were counted."""
        return f"{count:,}{'+' if self.open >= BOUND and count else ''}"


def asked_of(departments: Iterable[int] | None, *, person_id: int) -> dict[int, Asked]:
    """What stands with these departments, by ID; without any, with all that are active or still
    have something. One statement."""
    which = "d.id = ANY(%(departments)s)" if departments is not None else "true"
    with connection.cursor() as cursor:
        cursor.execute(
            STANDING_OF.format(which=which),
            {"departments": list(departments or ()), "person": person_id, "now": clock.now()},
        )
        return {
            row[0]: Asked(*row[2:])
            for row in cursor.fetchall()
            if row[1] or row[2] or departments is not None
        }
