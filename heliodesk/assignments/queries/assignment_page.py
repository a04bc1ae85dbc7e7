"""An assignment as its page shows it: what was asked, what became of it, and the case it is of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import JSONField, QuerySet
from django.db.models.expressions import RawSQL
from markupsafe import Markup

from heliodesk.assignments.access import get_assignment
from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.queries.overdue import SINCE, is_overdue
from heliodesk.cases.queries.case_record import CaseRecord, get_case_record
from heliodesk.core import clock
from heliodesk.feed import kinds, telling
from heliodesk.people.access import Actor
from heliodesk.worklists.queries.names import names

ID = "assignments_caseassignment.id::text"
#: The number as people know it, such as `CA-00012`.
NUMBER = f"'CA-' || lpad({ID}, greatest(5, length({ID})), '0')"
#: What stands in the case's feed about the assignment, its unanswered follow-up, and since when
#: what nobody has acted on is overdue; read along with it.
AROUND = f"""(
    SELECT jsonb_build_object(
        'since', overdue.since, 'asked_at', f.asked_at, 'asked_by', f.asked_by_id,
        'escalates_at', f.escalates_at, 'escalated_at', f.escalated_at, 'history', (
            SELECT coalesce(jsonb_agg(
                jsonb_build_array(i.id, i.kind, i.at, i.author_id, i.data, i.body_html)
                ORDER BY i.at, i.id
            ), '[]') FROM feed_feeditem i
            WHERE i.case_id = assignments_caseassignment.case_id
                AND i.data ->> 'assignment' = {NUMBER}
        )
    )
    FROM {SINCE.replace("%(now)s", "%s")} LEFT JOIN assignments_followup f
        ON f.assignment_id = assignments_caseassignment.id AND f.ended_at IS NULL
)"""  # noqa: S608 - only constants are put in


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
    says. Two SQL statements, three for people outside Support."""
    row = get_assignment(number, by=by, reading=_with_around)
    around = row.around  # type: ignore[attr-defined]  # annotated by `_with_around`
    people = names("person", row.account_manager_id, row.sales_manager_id, row.created_by_id)
    return AssignmentPage(
        row=row,
        account_manager=people.get(row.account_manager_id or 0, ""),
        sales_manager=people.get(row.sales_manager_id or 0, ""),
        asked_by=people[row.created_by_id],
        ended_by=people.get(row.ended_by_id or 0, ""),
        is_overdue=is_overdue(row.status, row.acted_at, datetime.fromisoformat(around["since"])),
        follow_up=_follow_up(around, people),
        history=[_happened(one, people) for one in around["history"]],
        case=get_case_record(row.case.number, by=by),
    )


def _with_around(rows: QuerySet[CaseAssignment]) -> QuerySet[CaseAssignment]:
    return rows.annotate(around=RawSQL(AROUND, [clock.now()], output_field=JSONField()))  # noqa: S611 - constants, see above


def _follow_up(around: dict[str, Any], people: dict[int, str]) -> FollowUpWaiting | None:
    if around["asked_at"] is None:
        return None
    escalated_at = around["escalated_at"]
    return FollowUpWaiting(
        asked_at=datetime.fromisoformat(around["asked_at"]),
        asked_by=people.get(around["asked_by"], telling.NOBODY),
        escalates_at=datetime.fromisoformat(around["escalates_at"]),
        escalated_at=datetime.fromisoformat(escalated_at) if escalated_at else None,
    )


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
