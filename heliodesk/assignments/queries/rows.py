"""A page of case assignments as small rows: one statement, no model instances, no counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from heliodesk.assignments.models import STANDING, AssignmentStatus
from heliodesk.assignments.queries.orders import AssignmentOrder
from heliodesk.assignments.queries.overdue import IS_OVERDUE, SINCE
from heliodesk.cases.models import Priority
from heliodesk.core import clock
from heliodesk.worklists.queries import cursors, paging
from heliodesk.worklists.queries.names import names

PAGE = 50  # rows

# Times come as text, as in the lists of cases.
COLUMNS = f"""
    a.id, c.number, c.customer_name, c.priority, a.department_id, a.reason_id, a.subtype_id,
    a.topic_id, a.status, a.assignee_id, a.created_by_id, a.created_at::text, a.acted_at::text,
    a.ended_at::text, f.escalates_at::text, f.escalated_at IS NOT NULL, {IS_OVERDUE}
"""
WIDTH = 17
FROM = f"""
    FROM assignments_caseassignment a JOIN cases_case c ON c.id = a.case_id
    LEFT JOIN assignments_followup f ON f.assignment_id = a.id AND f.ended_at IS NULL
    CROSS JOIN {SINCE}
"""
STANDS = "a.status IN ('open', 'accepted')"
STATUS_LABELS = {status.value: str(status.label) for status in AssignmentStatus}


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """An assignment as a list shows it; texts are empty where there is nothing.

    `asked_until` is when its unanswered follow-up is escalated, `was_escalated` that it has been
    (F3).
    """

    id: int
    case: str
    customer: str
    high: bool
    department: str
    reason: str
    subtype: str
    topic: str
    status: str
    assignee_id: int | None
    assignee: str
    asker: str
    created_at: datetime
    acted_at: datetime
    ended_at: datetime | None
    asked_until: datetime | None
    was_escalated: bool
    is_overdue: bool

    @property
    def number(self) -> str:
        """As people know it, such as `CA-00012`."""
        return f"CA-{self.id:05d}"

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"/assignments/{self.number}/"

    @property
    def status_label(self) -> str:
        """The status in words."""
        return STATUS_LABELS[self.status]

    @property
    def stands(self) -> bool:
        """True until it has ended."""
        return self.status in STANDING

    @property
    def left(self) -> timedelta:
        """The time left to answer the follow-up; none once it is due."""
        return max((self.asked_until or clock.now()) - clock.now(), timedelta(0))


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list, and the cursors of the pages beside it; empty where there is none."""

    rows: list[AssignmentRow]
    before: str = ""
    after: str = ""


def page(
    where: str,
    values: Mapping[str, Any],
    order: AssignmentOrder,
    *,
    after: str = "",
    before: str = "",
) -> Page:
    """A page of the assignments `a` for which the condition `where` holds, in the order.

    `after` and `before` are cursors of the page's neighbours; refuses one that is unreadable.
    """

    def select(beyond: str, by: str, keys: str, start: list[cursors.Value]) -> list[Any]:
        named = {f"start{place}": value for place, value in enumerate(start)}
        return _read(
            f"{where} {beyond % tuple(f'%({name})s' for name in named)} ORDER BY {by}",
            {**values, **named},
            PAGE + 1,
            keys=f", {keys}",
        )

    found = paging.paged(select, order, PAGE, WIDTH, after=after, before=before)
    return Page(as_rows(found.rows), before=found.before, after=found.after)


def first(
    where: str, values: Mapping[str, Any], order: AssignmentOrder, limit: int
) -> list[AssignmentRow]:
    """The first of them, at most `limit`."""
    return as_rows(_read(f"{where} ORDER BY {order.by()}", values, limit))


def _read(
    where: str, values: Mapping[str, Any], limit: int, *, keys: str = ""
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS}{keys} {FROM} WHERE {where} LIMIT {limit}",
            {**values, "now": clock.now()},
        )
        return list(cursor.fetchall())


def as_rows(found: Sequence[Sequence[Any]]) -> list[AssignmentRow]:
    """Rows from what `COLUMNS` selected."""
    departments = names("department", *(row[4] for row in found))
    reasons = names("reason", *(row[5] for row in found))
    subtypes = names("referral subtype", *(row[6] for row in found))
    topics = names("topic", *(row[7] for row in found))
    people = names("person", *(row[9] for row in found), *(row[10] for row in found))
    return [
        AssignmentRow(
            id=row[0],
            case=f"{row[1]:08d}",
            customer=row[2],
            high=row[3] == Priority.HIGH.value,
            department=departments[row[4]],
            reason=reasons[row[5]],
            subtype=subtypes.get(row[6], ""),
            topic=topics.get(row[7], ""),
            status=row[8],
            assignee_id=row[9],
            assignee=people.get(row[9], ""),
            asker=people[row[10]],
            created_at=datetime.fromisoformat(row[11]),
            acted_at=datetime.fromisoformat(row[12]),
            ended_at=_moment(row[13]),
            asked_until=_moment(row[14]),
            was_escalated=row[15],
            is_overdue=row[16],
        )
        for row in found
    ]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
