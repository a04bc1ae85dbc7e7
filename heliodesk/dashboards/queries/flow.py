"""What came and went in the range, in one statement: created, closed, reopened, taken, reviewed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection

from heliodesk.dashboards.scope import Scope
from heliodesk.list_views.fields.sql import CLOSED_AT, NEVER

# Step 0 is before the range, which nothing is read of, and the one after the last is after it: the
# backlog at the end of a range that has passed is what stands now without what happened since.
CREATED = """
    SELECT 'created', width_bucket(c.created_at, %(starts)s::timestamptz[]),
        c.request_type_id, '', count(*)
    FROM cases_case c WHERE c.created_at >= %(begins)s {scope} GROUP BY 2, 3
"""
# As the list has it: the closing that stands, on the day that the case says.
CLOSED = """
    SELECT CASE GROUPING(k.step, k.reason_id, k.closed_by_id)
            WHEN 3 THEN 'closed' WHEN 5 THEN 'reason' ELSE 'closer' END,
        coalesce(k.step, 0), coalesce(k.reason_id, k.closed_by_id), '',
        CASE WHEN GROUPING(k.step) = 0 THEN count(*) ELSE count(*) FILTER (WHERE k.within) END
    FROM (
        SELECT width_bucket(k.closed_at, %(starts)s::timestamptz[]) AS step,
            k.closed_at < %(ends)s AS within, k.reason_id, k.closed_by_id
        FROM cases_closure k {case_closed}
        WHERE k.reopened_at IS NULL AND k.closed_at >= %(begins)s {scope}
    ) k
    GROUP BY GROUPING SETS ((k.step), (k.reason_id), (k.closed_by_id))
"""
REOPENED = """
    SELECT 'reopened', 0, NULL, '', count(*)
    FROM cases_closure k {case}
    WHERE k.reopened_at >= %(begins)s AND k.reopened_at < %(ends)s {scope}
"""
# Work done is counted whatever case it was done on: it is the agent's and the queue's.
REVIEWED = """
    SELECT 'reviewed', 0, k.by_id, '', count(*)
    FROM cases_activity k
    WHERE k.subject = 'Case Review' AND k.at >= %(begins)s AND k.at < %(ends)s
    GROUP BY k.by_id
"""
TAKEN = """
    SELECT 'taken', 0, NULL, k.data ->> 'old', count(*)
    FROM feed_feeditem k
    WHERE k.kind = 'taken' AND k.at >= %(begins)s AND k.at < %(ends)s
    GROUP BY k.data ->> 'old'
"""
READ = " UNION ALL ".join((CREATED, CLOSED, REOPENED, REVIEWED, TAKEN))
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

    def within(self, counts: dict[int, int], steps: int) -> int:
        """The sum over the steps of the range."""
        return sum(count for step, count in counts.items() if step <= steps)


def flow(scope: Scope) -> Flow:
    """What came and went. One statement."""
    condition, values = scope.condition()
    days = scope.period
    values |= {"starts": days.starts, "begins": days.begins, "ends": days.ends}
    joined = CASE if condition else ""
    # Both sides are read from an index over the same days, and neither from its rows.
    closed = f"{joined} AND {CLOSED_SINCE}" if condition else ""
    found, steps = Flow(), len(days.steps)
    with connection.cursor() as cursor:
        read = READ.format(scope=condition, case=joined, case_closed=closed)
        cursor.execute(scope.asked + read, values)
        for what, step, key, word, count in cursor.fetchall():
            _count(found, what, step, key, word, count, steps)
    return found


def _count(
    found: Flow, what: str, step: int, key: int, word: str | None, count: int, steps: int
) -> None:
    if what == "created":
        found.created[step] += count
        if step <= steps:
            found.types[key] += count
    elif what == "closed":
        found.closed[step] += count
    elif what == "reopened":
        found.reopened = count
    elif what == "taken":
        found.taken[word or ""] += count
    else:
        by = {"reason": found.reasons, "closer": found.closers, "reviewed": found.reviewed}[what]
        if count:
            by[key] += count  # type: ignore[index]  # each by the kind of key it has
