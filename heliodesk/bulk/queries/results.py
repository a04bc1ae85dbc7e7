"""What came of an action on several cases: by reason, and case by case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from heliodesk.bulk.models import BulkAction, Outcome
from heliodesk.core.numbers import whole
from heliodesk.people.access import Actor

SHOWN = 12  # cases of a reason
REASONS = 40
PAGE = 100  # cases

# A reason's cases are found by the one that has the lowest ID, which stands for it in addresses.
BY_REASON = f"""
    SELECT outcome, code, message, rule, count, first, (
        SELECT array_agg(number ORDER BY id) FROM (
            SELECT r.id, r.number FROM bulk_bulkresult r
            WHERE r.action_id = %(action)s AND r.outcome = reason.outcome
                AND r.message = reason.message ORDER BY r.id LIMIT {SHOWN}
        ) few
    )
    FROM (
        SELECT outcome, code, message, rule, count(*) AS count, min(id) AS first
        FROM bulk_bulkresult WHERE action_id = %(action)s GROUP BY outcome, code, message, rule
    ) reason
    ORDER BY outcome = 'done', outcome = 'nothing', count DESC, first LIMIT {REASONS + 1}
"""  # noqa: S608 - constants
ROWS = """
    SELECT r.id, r.number, c.customer_name, r.outcome, r.message, r.rule, c.id IS NOT NULL
    FROM bulk_bulkresult r LEFT JOIN cases_case c ON c.id = r.case_id
    WHERE r.action_id = %(action)s AND r.id > %(after)s {which} ORDER BY r.id LIMIT %(limit)s
"""
LIKE = """AND (r.outcome, r.message) = (
    SELECT outcome, message FROM bulk_bulkresult WHERE id = %(like)s AND action_id = %(action)s)"""
LEFT = """
    SELECT c.id, c.number, c.customer_name, '', '', '', true
    FROM bulk_bulkchunk k CROSS JOIN unnest(k.case_ids) wanted (id)
    JOIN cases_case c ON c.id = wanted.id
    WHERE k.action_id = %(action)s AND k.finished_at IS NULL AND c.id > %(after)s
        AND NOT EXISTS (SELECT FROM bulk_bulkresult r
            WHERE r.action_id = k.action_id AND r.case_id = c.id)
    ORDER BY c.id LIMIT %(limit)s
"""
#: What of an action concerns somebody who did not begin it: cases that they own or follow.
GIVEN = """
    SELECT r.id, r.number, c.customer_name, '', coalesce(a.name, q.name), '', true
    FROM bulk_bulkresult r JOIN cases_case c ON c.id = r.case_id
    LEFT JOIN people_user a ON a.id = c.owner_agent_id
    LEFT JOIN people_queue q ON q.id = c.owner_queue_id
    WHERE r.action_id = %(action)s AND r.outcome = 'done' AND r.id > %(after)s
        AND (c.owner_agent_id = %(person)s OR EXISTS (SELECT FROM cases_follower f
            WHERE f.case_id = c.id AND f.user_id = %(person)s))
    ORDER BY r.id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """What came of some cases alike: how many, and the first of them; `key` names it."""

    key: int
    outcome: Outcome
    message: str
    rule: str
    count: int
    numbers: list[int]

    @property
    def more(self) -> int:
        """How many are not among the numbers."""
        return self.count - len(self.numbers)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What came of one case; `is_case` where there is one that the person may see."""

    key: int
    number: int
    customer: str
    outcome: str
    message: str
    rule: str
    is_case: bool

    @property
    def label(self) -> str:
        """The outcome in words."""
        return Outcome(self.outcome).label if self.outcome else ""


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Some rows, and where the next page begins; 0 where there is none."""

    rows: list[ResultRow] = field(default_factory=list)
    after: int = 0


def reasons(action: BulkAction) -> list[Reason]:
    """The results by reason, refused ones first and the most frequent first among them; one more
    than `REASONS` where there are more."""
    with connection.cursor() as cursor:
        cursor.execute(BY_REASON, {"action": action.pk})
        return [
            Reason(first, Outcome(outcome), message, rule, count, numbers or [])
            for outcome, _, message, rule, count, first, numbers in cursor.fetchall()
        ]


def count_up(action: BulkAction, found: list[Reason]) -> None:
    """Put the counts of this moment on the instance: its own are those of the finished chunks."""
    for outcome in Outcome:
        count = sum(reason.count for reason in found if reason.outcome == outcome)
        setattr(action, outcome.value, count)


def results(action: BulkAction, *, like: str = "", after: str = "") -> ResultPage:
    """A page of the results, in the order in which they came; with `like` (the key of a reason)
    those alike."""
    key = whole(like)
    which = LIKE if key is not None else ""
    return _page(ROWS.format(which=which), action, after, like=key)


def left(action: BulkAction, *, after: str = "") -> ResultPage:
    """A page of the cases to which nothing was done."""
    return _page(LEFT, action, after)


def given(action: BulkAction, *, after: str = "", by: Actor) -> ResultPage:
    """A page of the cases that the action gave to `by`, or that they follow."""
    return _page(GIVEN, action, after, person=by.user_id)


def _page(statement: str, action: BulkAction, after: str, **values: Any) -> ResultPage:
    values |= {"action": action.pk, "after": whole(after) or 0, "limit": PAGE + 1}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = [ResultRow(*row) for row in cursor.fetchall()]
    return ResultPage(rows[:PAGE], rows[PAGE - 1].key if len(rows) > PAGE else 0)
