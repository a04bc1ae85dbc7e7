"""What came and went in the range, in one statement: created, closed, reopened, taken, reviewed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from heliodesk.dashboards.scope import Scope
from heliodesk.list_views.fields.sql import CLOSED_AT, NEVER

# Step 0 is before the range, which nothing is read of, and the one after the last is after it: the
# backlog at the end of a range that has passed is what stands now without what happened since.
# Of all cases each step is read by its own two moments: to ask of a case which step it came in
# takes longer than to count it. Of some, what the filter leaves is met once for all steps.
STEPS = """unnest(%(starts)s::timestamptz[],
        (%(starts)s::timestamptz[])[2:] || 'infinity'::timestamptz
    ) WITH ORDINALITY s (begins, ends, step)"""
CREATED = """
    SELECT CASE GROUPING(c.step) WHEN 0 THEN 'created' ELSE 'type' END,
        coalesce(c.step, c.request_type_id), '',
        CASE GROUPING(c.step) WHEN 0 THEN sum(c.count)
            ELSE coalesce(sum(c.count) FILTER (WHERE c.step <= %(steps)s), 0) END::bigint
    FROM ({each}) c
    GROUP BY GROUPING SETS ((c.step), (c.request_type_id))
"""
CREATED_OF_ALL = CREATED.format(
    each=f"""
        SELECT s.step, c.request_type_id, c.count
        FROM {STEPS} CROSS JOIN LATERAL (
            SELECT c.request_type_id, count(*)
            FROM cases_case c WHERE c.created_at >= s.begins AND c.created_at < s.ends
            GROUP BY c.request_type_id
        ) c"""  # noqa: S608 - only constants are put in
)
CREATED_OF_SOME = CREATED.format(
    each="""
        SELECT width_bucket(c.created_at, %(starts)s::timestamptz[]) AS step,
            c.request_type_id, count(*)
        FROM cases_case c WHERE c.created_at >= %(begins)s {scope} GROUP BY 1, 2"""
)
# As the list has it: the closing that stands, on the day that the case says.
CLOSED_OF_ALL = f"""
    SELECT 'closed', %(steps)s + 1, '', count(*) FROM cases_closure k
    WHERE k.reopened_at IS NULL AND k.closed_at >= %(ends)s
    UNION ALL
    SELECT CASE WHEN GROUPING(k.closed_by_id) = 0 THEN 'closer'
            WHEN k.step IS NULL THEN 'reason' ELSE 'closed' END,
        coalesce(k.step, k.reason_id, k.closed_by_id), '', sum(k.count)::bigint
    FROM (
        SELECT s.step, k.reason_id, k.closed_by_id, count(*)
        FROM {STEPS}
        JOIN cases_closure k ON k.closed_at >= s.begins AND k.closed_at < s.ends
        WHERE s.step <= %(steps)s AND k.reopened_at IS NULL
        GROUP BY GROUPING SETS ((s.step), (k.reason_id, k.closed_by_id))
    ) k
    GROUP BY GROUPING SETS ((k.step, k.reason_id), (k.closed_by_id))
    HAVING coalesce(k.step, k.reason_id, k.closed_by_id) IS NOT NULL
"""  # noqa: S608 - only constants are put in
CLOSED_OF_SOME = """
    SELECT CASE GROUPING(k.step, k.reason_id, k.closed_by_id)
            WHEN 3 THEN 'closed' WHEN 5 THEN 'reason' ELSE 'closer' END,
        coalesce(k.step, k.reason_id, k.closed_by_id), '',
        CASE WHEN GROUPING(k.step) = 0 THEN count(*) ELSE count(*) FILTER (WHERE k.within) END
    FROM (
        SELECT width_bucket(k.closed_at, %(starts)s::timestamptz[]) AS step,
            k.closed_at < %(ends)s AS within, k.reason_id, k.closed_by_id
        FROM cases_closure k JOIN cases_case c ON c.id = k.case_id AND {closed_since}
        WHERE k.reopened_at IS NULL AND k.closed_at >= %(begins)s {scope}
    ) k
    GROUP BY GROUPING SETS ((k.step), (k.reason_id), (k.closed_by_id))
"""
REOPENED = """
    SELECT 'reopened', NULL, '', count(*)
    FROM cases_closure k {case}
    WHERE k.reopened_at >= %(begins)s AND k.reopened_at < %(ends)s {scope}
"""
# Work done is counted whatever case it was done on: it is the agent's and the queue's.
REVIEWED = """
    SELECT 'reviewed', k.by_id, '', count(*)
    FROM cases_activity k
    WHERE k.subject = 'Case Review' AND k.at >= %(begins)s AND k.at < %(ends)s
    GROUP BY k.by_id
"""
TAKEN = """
    SELECT 'taken', NULL, k.data ->> 'old', count(*)
    FROM feed_feeditem k
    WHERE k.kind = 'taken' AND k.at >= %(begins)s AND k.at < %(ends)s
    GROUP BY k.data ->> 'old'
"""
OF_ALL = " UNION ALL ".join((CREATED_OF_ALL, CLOSED_OF_ALL, REOPENED, REVIEWED, TAKEN))
OF_SOME = " UNION ALL ".join((CREATED_OF_SOME, CLOSED_OF_SOME, REOPENED, REVIEWED, TAKEN))
CASE = "JOIN cases_case c ON c.id = k.case_id"
CLOSED_SINCE = f"{CLOSED_AT} >= %(begins)s AND {CLOSED_AT} < {NEVER}"


@dataclass(slots=True)
class Flow:
    """Counts of the range: created and closed by step (the one after the last is after the range),
    created by request type, closed by reason and by who closed, reviews by who logged them, taken
    by the queue's name."""

    created: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    closed: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    types: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    reasons: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    closers: dict[int | None, int] = field(default_factory=lambda: defaultdict(int))
    reviewed: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    taken: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    reopened: int = 0

    def of(self, what: str) -> dict[Any, int]:
        """The counts that a row of the statement is one of."""
        named: dict[str, dict[Any, int]] = {
            "created": self.created,
            "type": self.types,
            "closed": self.closed,
            "reason": self.reasons,
            "closer": self.closers,
            "reviewed": self.reviewed,
        }
        return named[what]

    def within(self, counts: dict[int, int], steps: int) -> int:
        """The sum over the steps of the range."""
        return sum(count for step, count in counts.items() if step <= steps)


def flow(scope: Scope) -> Flow:
    """What came and went. One statement."""
    condition, values = scope.condition()
    days = scope.period
    steps = len(days.steps)
    values |= {"starts": days.starts, "begins": days.begins, "ends": days.ends, "steps": steps}
    # Both sides of a closing are read from an index over the same days, and neither from its rows.
    read = (OF_SOME if condition else OF_ALL).format(
        scope=condition, case=CASE if condition else "", closed_since=CLOSED_SINCE
    )
    found = Flow()
    with connection.cursor() as cursor:
        cursor.execute(scope.asked + read, values)
        for what, key, word, count in cursor.fetchall():
            if what == "reopened":
                found.reopened = count
            elif what == "taken":
                found.taken[word or ""] += count
            elif count:
                found.of(what)[key] = count
    return found
