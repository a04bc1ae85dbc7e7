"""An assignment as its page shows it: what was asked, what became of it, and the case it is of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from markupsafe import Markup

from heliodesk.assignments.access import get_assignment
from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.queries.overdue import SINCE, is_overdue
from heliodesk.cases.queries.case_record import CaseRecord
from heliodesk.cases.queries.case_record_sql import CASE
from heliodesk.cases.queries.case_record_sql import COLUMNS as CASE_COLUMNS
from heliodesk.core import clock
from heliodesk.feed import kinds, telling
from heliodesk.people.access import Actor
from heliodesk.worklists.queries.names import names

#: What stands in the case's feed about the assignment, its unanswered follow-up, and since when
#: what nobody has acted on is overdue.
AROUND = f"""
    SELECT overdue.since, f.asked_at, f.asked_by_id, f.escalates_at, f.escalated_at, (
        SELECT json_agg(json_build_array(i.id, i.kind, i.at, i.author_id, i.data, i.body_html)
            ORDER BY i.at, i.id)
        FROM feed_feeditem i
        WHERE i.case_id = %(case)s AND i.data ->> 'assignment' = %(number)s
    )
    FROM {SINCE} LEFT JOIN assignments_followup f
        ON f.assignment_id = %(assignment)s AND f.ended_at IS NULL
"""  # noqa: S608 - only constants are put in


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of an assignment's history; `html` and `card` are safe."""

    id: int
    icon: str
    html: Markup
    at: datetime
    card: Markup


@dataclass(frozen=True, slots=True)
class FollowUpWaiting:
    """A follow-up that nobody has answered yet (F1, F3)."""

    asked_at: datetime
    asked_by: str
    escalates_at: datetime
    escalated_at: datetime | None

    @property
    def left(self) -> timedelta:
        """The time left to answer it."""
        return max(self.escalates_at - clock.now(), timedelta(0))


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """An assignment with the names of all that belongs to it, its history and its case."""

    row: CaseAssignment
    account_manager: str
    sales_manager: str
    asked_by: str
    ended_by: str
    is_overdue: bool
    follow_up: FollowUpWaiting | None
    history: list[Happened]
    case: CaseRecord


def assignment_page(number: str, *, by: Actor) -> AssignmentPage:
    """The page of an assignment, but for its case's feed and files. Refuses with `NotFound` as K6
    says. Three SQL statements."""
    row = get_assignment(number, by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            AROUND,
            {"now": clock.now(), "case": row.case_id, "assignment": row.pk, "number": str(row)},
        )
        since, asked_at, asker, escalates_at, escalated_at, happened = cursor.fetchone()
    people = names("person", row.account_manager_id, row.sales_manager_id, row.created_by_id, asker)
    return AssignmentPage(
        row=row,
        account_manager=people.get(row.account_manager_id or 0, ""),
        sales_manager=people.get(row.sales_manager_id or 0, ""),
        asked_by=people[row.created_by_id],
        ended_by=people.get(row.ended_by_id or 0, ""),
        is_overdue=is_overdue(row.status, row.acted_at, since),
        follow_up=FollowUpWaiting(asked_at, people[asker], escalates_at, escalated_at)
        if asked_at
        else None,
        history=[_happened(one, people) for one in _as_list(happened)],
        case=_case(row.case.number),
    )


def _as_list(happened: Any) -> list[Any]:
    return list(json.loads(happened) if isinstance(happened, str) else happened or [])


def _happened(one: list[Any], people: dict[int, str]) -> Happened:
    key, kind, at, author_id, data, html = one
    # What was asked stands above the history already.
    card = "" if kind == kinds.ASSIGNMENT_CREATED.code else html
    return Happened(
        id=key,
        icon=telling.icon_of(kind),
        html=telling.says(kind, data, people.get(author_id or 0, telling.NOBODY)),
        at=datetime.fromisoformat(at),
        card=Markup(card),  # noqa: S704 - rendered safely when it was written (C5)
    )


def _case(number: int) -> CaseRecord:
    """The case as its own page shows it: whoever sees the assignment sees its case (K6)."""
    with connection.cursor() as cursor:
        cursor.execute(CASE, [number])
        return CaseRecord(**dict(zip(CASE_COLUMNS, cursor.fetchone(), strict=True)))
