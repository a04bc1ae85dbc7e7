"""My desk: a person's open cases, what is due, and what came back (V1, L7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from heliodesk.cases.models import Closure, Status
from heliodesk.core import clock
from heliodesk.notices.models import Notice
from heliodesk.people.models import DeskSettings
from heliodesk.worklists.queries.orders import Order
from heliodesk.worklists.queries.rows import COLUMNS, WIDTH, CaseRow, as_rows

MOST = 500  # cases of one person on one page; the page says so when there are more
NOTICES = 6

OPEN_OF_PERSON = f"""
    SELECT {COLUMNS},
        (SELECT max(o.reopened_at) FROM cases_closure o WHERE o.case_id = c.id),
        asked.departments, asked.since
    FROM cases_case c LEFT JOIN LATERAL (
        SELECT string_agg(d.name, ', ' ORDER BY a.id) AS departments, min(a.created_at) AS since
        FROM assignments_caseassignment a JOIN people_department d ON d.id = a.department_id
        WHERE a.case_id = c.id AND a.status IN ('open', 'accepted')
    ) asked ON c.status = 'internal_referral'
    WHERE c.owner_agent_id = %s AND c.status <> 'closed'
"""  # noqa: S608 - only constants are put in


@dataclass(frozen=True, slots=True)
class DeskCase:
    """An open case on its owner's desk. `reopened_at` is when it came back, `departments` and
    `asked_since` whom it waits on, `is_due` that a review is (L7)."""

    row: CaseRow
    reopened_at: datetime | None
    departments: str
    asked_since: datetime | None
    is_due: bool
    waits_long: bool


@dataclass(frozen=True, slots=True)
class DeskNotice:
    """An unread notice, in short."""

    key: int
    words: str
    number: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """A case that somebody closed, with the time left to reopen it (X4)."""

    number: str
    customer: str
    reason: str
    at: datetime
    left: timedelta


def open_cases(person_id: int, order: Order, settings: DeskSettings) -> list[DeskCase]:
    """The person's open cases in the order; at most `MOST` + 1."""
    with connection.cursor() as cursor:
        cursor.execute(f"{OPEN_OF_PERSON} ORDER BY {order.by()} LIMIT {MOST + 1}", [person_id])
        found = cursor.fetchall()
    now = clock.now()
    due = now - settings.review_interval
    long = now - timedelta(hours=settings.follow_up_hours)
    return [
        _desk_case(row, rest[WIDTH:], due, long)
        for row, rest in zip(as_rows(found), found, strict=True)
    ]


def _desk_case(row: CaseRow, rest: tuple[Any, ...], due: datetime, long: datetime) -> DeskCase:
    reopened_at, departments, since = rest
    return DeskCase(
        row=row,
        reopened_at=reopened_at,
        departments=departments or "",
        asked_since=since,
        is_due=row.review_due_from < due,
        waits_long=since is not None and since < long,
    )


def unread(person_id: int) -> list[DeskNotice]:
    """The latest unread notices, the newest first."""
    mine = Notice.objects.filter(recipient_id=person_id, read_at=None).order_by("-at", "-id")
    labels = dict(Notice._meta.get_field("kind").flatchoices)
    return [
        DeskNotice(key, labels[kind], f"{number:08d}", kind, at)
        for key, kind, number, at in mine.values_list("pk", "kind", "case__number", "at")[:NOTICES]
    ]


def recently_closed(person_id: int, settings: DeskSettings) -> list[ClosedCase]:
    """What the person closed and anybody may still reopen, the latest first."""
    earliest = clock.now() - settings.reopening_window
    earlier = Closure.objects.filter(case=OuterRef("case"), reopened_at__isnull=False)
    closed = Closure.objects.filter(
        ~Exists(earlier), closed_by=person_id, closed_at__gte=earliest, reopened_at=None
    )
    found = closed.order_by("-closed_at").values_list(
        "case__number", "case__customer_name", "reason__name", "closed_at"
    )
    return [
        ClosedCase(f"{number:08d}", customer, reason, at, at - earliest)
        for number, customer, reason, at in found[:MOST]
    ]


#: The statuses in the order of the desk's groups: what one can act on comes first.
GROUPS = (
    Status.NEW,
    Status.AWAITING_SUPPORT,
    Status.AWAITING_CUSTOMER,
    Status.INTERNAL_REFERRAL,
)
