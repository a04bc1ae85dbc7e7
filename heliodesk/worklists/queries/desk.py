"""My desk: a person's open cases, what is due, and what came back (V1, L7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from heliodesk.cases.models import Status
from heliodesk.core import clock
from heliodesk.notices.models import Notice
from heliodesk.notices.queries import own_notices
from heliodesk.people.access import Actor
from heliodesk.people.models import DeskSettings
from heliodesk.worklists.queries.desk_sql import open_of_person
from heliodesk.worklists.queries.orders import Order
from heliodesk.worklists.queries.rows import WIDTH, CaseRow, as_rows

MOST = 500  # cases of one person on one page; the page says so when there are more
NOTICES = 6

# Both below: a value behind a SELECT is not guessed at, so that PostgreSQL takes one plan for all
# values. Otherwise it plans anew each time, which takes ten times as long as running it.
# A case that was reopened before stays closed (X4).
RECENTLY_CLOSED = f"""
    SELECT c.number, c.customer_name, r.name, o.closed_at
    FROM cases_closure o JOIN cases_case c ON c.id = o.case_id
    JOIN cases_closedreason r ON r.id = o.reason_id
    WHERE o.closed_by_id = %s AND o.reopened_at IS NULL
    AND o.closed_at >= (SELECT %s::timestamptz) AND o.closed_at <= 'infinity' AND NOT EXISTS (
        SELECT FROM cases_closure b WHERE b.case_id = o.case_id AND b.reopened_at IS NOT NULL
    )
    ORDER BY o.closed_at DESC LIMIT {MOST}
"""  # noqa: S608 - only constants are put in


UNREAD = f"""
    SELECT n.id, n.kind, c.number, c.customer_name, n.at
    FROM notices_notice n JOIN cases_case c ON c.id = n.case_id
    WHERE n.recipient_id = (SELECT %s::bigint) AND n.read_at IS NULL
    ORDER BY n.at DESC, n.id DESC LIMIT {NOTICES}
"""  # noqa: S608 - only a number of our own


class DeskCase(NamedTuple):
    """An open case on its owner's desk. `reopened_at` is when it came back, `departments` and
    `asked_since` whom it waits on, `is_due` that a review is (L7).

    Of the departments it waits on, `late` are those that are overdue, the first since `acted_at`
    (F4), and `silent` those that have not answered a follow-up which was escalated (F3).
    `to_void` says that it should be closed as Case Voided (A6). `follow_up_at` is when its owner
    wants to come back to it, `follow_up_for` what for (W1). `spoke_at` is when the customer spoke
    with somebody else, and `ended_at` when a department ended the last it was asked, each since
    the owner's latest review.
    """

    row: CaseRow
    reopened_at: datetime | None
    departments: str
    asked_since: datetime | None
    late: str
    acted_at: datetime | None
    silent: str
    to_void: bool
    follow_up_at: datetime | None
    follow_up_for: str
    spoke_at: datetime | None
    ended_at: datetime | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class DeskNotice:
    """An unread notice, in short."""

    key: int
    words: str
    number: str
    customer: str
    kind: str
    at: datetime

    @property
    def url(self) -> str:
        """Marks the notice read and leads to the very post (C2)."""
        return f"/notices/{self.key}/"


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
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(open_of_person(order, MOST + 1), {"person": person_id, "now": now})
        found = cursor.fetchall()
    due = now - settings.review_interval
    return [
        _desk_case(row, rest[WIDTH:], due) for row, rest in zip(as_rows(found), found, strict=True)
    ]


def _desk_case(row: CaseRow, rest: tuple[Any, ...], due: datetime) -> DeskCase:
    reopened_at, departments, since, late, acted_at, silent, to_void, *own = rest
    back_at, back_for, spoke_at, ended_at = own
    return DeskCase(
        row=row,
        reopened_at=reopened_at,
        departments=departments or "",
        asked_since=since,
        late=late or "",
        acted_at=acted_at,
        silent=silent or "",
        to_void=to_void,
        follow_up_at=back_at,
        follow_up_for=back_for,
        spoke_at=spoke_at,
        ended_at=ended_at,
        is_due=row.review_due_from < due,
    )


def unread(by: Actor) -> list[DeskNotice]:
    """The latest unread notices of `by`, the newest first (K6)."""
    labels = dict(Notice._meta.get_field("kind").flatchoices)
    return [
        DeskNotice(key, labels[kind], f"{number:08d}", customer, kind, at)
        for key, kind, number, customer, at in _latest(by)
    ]


def _latest(by: Actor) -> Iterable[Any]:
    """Key, kind, case number, customer and moment; Support sees all of its own (`own_notices`)."""
    if not by.is_support:
        mine = own_notices(by).filter(read_at=None).order_by("-at", "-id")
        return mine.values_list("pk", "kind", "case__number", "case__customer_name", "at")[:NOTICES]
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [by.person_id])
        rows: list[Any] = cursor.fetchall()
    return rows


def recently_closed(person_id: int, settings: DeskSettings) -> list[ClosedCase]:
    """What the person closed and anybody may still reopen, the latest first."""
    earliest = clock.now() - settings.reopening_window
    with connection.cursor() as cursor:
        cursor.execute(RECENTLY_CLOSED, [person_id, earliest])
        found = cursor.fetchall()
    return [
        ClosedCase(f"{number:08d}", customer, reason, at, at - earliest)
        for number, customer, reason, at in found
    ]


#: The statuses in the order of the desk's groups: what one can act on comes first.
GROUPS = (
    Status.NEW,
    Status.AWAITING_SUPPORT,
    Status.AWAITING_CUSTOMER,
    Status.INTERNAL_REFERRAL,
)
