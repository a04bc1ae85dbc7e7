"""How the departments do: what stands with them, and how long they took in the range (A4, F4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from heliodesk.assignments.queries.overdue import IS_OVERDUE, SINCE
from heliodesk.core import clock
from heliodesk.dashboards.scope import Scope

# Accepted in the range, an assignment stands or has ended since: the indexes assignment_standing
# and assignment_ended lead to all that is asked for. Seconds are sorted several times as quickly as
# intervals, and `date_part` gives them without going through a numeric. What stands is counted by
# an array: DISTINCT beside it would sort all that ended by case.
READ = """
    SELECT a.department_id,
        (SELECT count(DISTINCT k)
            FROM unnest(array_agg(a.case_id) FILTER (WHERE a.ended_at IS NULL)) k),
        count(*) FILTER (WHERE a.overdue),
        array_agg(a.case_id) FILTER (WHERE a.overdue),
        count(a.asked),
        count(*) FILTER (WHERE a.status = 'completed' AND a.ended_at < %(ends)s),
        count(*) FILTER (WHERE a.status = 'returned' AND a.ended_at < %(ends)s),
        count(*) FILTER (WHERE a.status = 'rejected' AND a.ended_at < %(ends)s),
        percentile_cont(ARRAY[0.5, 0.9])
            WITHIN GROUP (ORDER BY date_part('epoch', a.accepted_at - a.created_at))
            FILTER (WHERE a.accepted_at >= %(begins)s AND a.accepted_at < %(ends)s),
        percentile_cont(ARRAY[0.5, 0.9])
            WITHIN GROUP (ORDER BY date_part('epoch', a.ended_at - a.created_at))
            FILTER (WHERE a.status <> 'withdrawn' AND a.ended_at < %(ends)s)
    FROM ({each}) a
    GROUP BY a.department_id
"""
COLUMNS = "a.department_id, a.case_id, a.status, a.created_at, a.accepted_at, a.ended_at"
ASKED = "LEFT JOIN assignments_followup f ON f.assignment_id = a.id AND f.ended_at IS NULL"
STANDS = "a.status IN ('open', 'accepted')"
ENDED = """a.ended_at >= %(begins)s
            AND a.department_id = ANY(ARRAY(SELECT d.id FROM people_department d))"""
# Of all cases: those that ended from their index alone, by department as it has them, with the few
# that stand merged in. Bounded on both sides, they are reckoned to be few whatever the range, so
# that the plan is kept; planned anew with each page the statement takes a tenth longer.
OF_ALL = f"""(
        SELECT {COLUMNS}, {IS_OVERDUE} AS overdue, f.id AS asked
        FROM assignments_caseassignment a {ASKED} CROSS JOIN {SINCE}
        WHERE {STANDS} {{scope}} ORDER BY a.department_id
    ) UNION ALL (
        SELECT {COLUMNS}, false, NULL::bigint
        FROM assignments_caseassignment a
        WHERE {ENDED} AND a.ended_at < 'infinity' {{scope}} ORDER BY a.department_id
    )"""  # noqa: S608 - only constants are put in
# Beside their cases, which are met once for both.
OF_SOME = f"""
        SELECT {COLUMNS}, {IS_OVERDUE} AS overdue,
            CASE WHEN a.ended_at IS NULL THEN f.id END AS asked
        FROM assignments_caseassignment a JOIN cases_case c ON c.id = a.case_id
        {ASKED} CROSS JOIN {SINCE}
        WHERE ({STANDS} OR ({ENDED})) {{scope}}
"""  # noqa: S608 - only constants are put in


@dataclass(frozen=True, slots=True)
class Service:
    """What stands with a department (cases, overdue assignments and the IDs of their cases,
    follow-ups that nobody answered), what it ended in the range, and how long it took: median
    and nine in ten."""

    open_cases: int = 0
    overdue: int = 0
    overdue_cases: frozenset[int] = frozenset()
    unanswered: int = 0
    completed: int = 0
    returned: int = 0
    rejected: int = 0
    accept: tuple[timedelta, timedelta] | None = None
    finish: tuple[timedelta, timedelta] | None = None

    @property
    def ended(self) -> int:
        """How many it ended in the range; withdrawn ones are not its doing."""
        return self.completed + self.returned + self.rejected

    @property
    def sent_back(self) -> float | None:
        """The share of these that it returned or rejected; None where it ended none."""
        return (self.returned + self.rejected) / self.ended if self.ended else None


def departments(scope: Scope) -> dict[int, Service]:
    """Each department's figures by its ID. One statement."""
    condition, values = scope.condition(assignments=True)
    values |= {"now": clock.now(), "begins": scope.period.begins, "ends": scope.period.ends}
    each = OF_SOME if "c." in condition else OF_ALL
    read = READ.format(each=each.format(scope=condition))
    with connection.cursor() as cursor:
        cursor.execute(read, values)
        return {
            row[0]: Service(
                open_cases=row[1],
                overdue=row[2],
                overdue_cases=frozenset(row[3] or ()),
                unanswered=row[4],
                completed=row[5],
                returned=row[6],
                rejected=row[7],
                accept=_both(row[8]),
                finish=_both(row[9]),
            )
            for row in cursor.fetchall()
        }


def overdue_cases(services: Iterable[Service]) -> int:
    """How many cases wait for an overdue assignment, one with two of them once."""
    return len(frozenset[int]().union(*(service.overdue_cases for service in services)))


def _both(seconds: list[float] | None) -> tuple[timedelta, timedelta] | None:
    return (timedelta(seconds=seconds[0]), timedelta(seconds=seconds[1])) if seconds else None
