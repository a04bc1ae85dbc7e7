"""Cases that should be closed as Case Voided (A6)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from heliodesk.assignments.models import AssignmentStatus, CaseAssignment
from heliodesk.cases.models import Case, Status

REFUSED = (AssignmentStatus.REJECTED, AssignmentStatus.RETURNED)

#: What `needs_voiding` finds, for the statement of the case page: text that `refusal` reads, of
#: the case `c`. The tests hold the two to each other.
REFUSAL = """(
    SELECT json_build_object('number', a.id, 'department', d.name, 'slug', d.slug,
        'status', a.status, 'outcome', a.outcome, 'by', u.name, 'at', a.ended_at)::text
    FROM assignments_caseassignment a
    JOIN people_department d ON d.id = a.department_id
    JOIN people_user u ON u.id = a.ended_by_id
    WHERE a.case_id = c.id AND a.status IN ('rejected', 'returned') AND d.voids_case
        AND c.status <> 'closed' AND NOT EXISTS (
            SELECT FROM assignments_caseassignment b
            WHERE b.case_id = a.case_id AND b.department_id = a.department_id AND b.id <> a.id
                AND (b.created_at >= a.ended_at AND b.id > a.id OR b.ended_at > a.ended_at)
        )
    ORDER BY a.ended_at DESC, a.id DESC LIMIT 1
)"""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The assignment because of which a case should be voided, as its page says it."""

    number: str
    department: str
    slug: str
    status: str
    outcome: str
    by: str
    at: datetime

    @property
    def how(self) -> str:
        """`rejected` or `returned`."""
        return AssignmentStatus(self.status).label.lower()


def refusal(text: str | None) -> Refusal | None:
    """What `REFUSAL` selected; None where it found nothing."""
    if text is None:
        return None
    found = json.loads(text)
    number, at = f"CA-{found.pop('number'):05d}", datetime.fromisoformat(found.pop("at"))
    return Refusal(number=number, at=at, **found)


def refusals_to_void() -> QuerySet[CaseAssignment]:
    """The assignments because of which an open case should be voided, latest first: rejected or
    returned by a department that is marked so, which has not been asked anew since and has not
    ended another one later."""
    of_the_same = CaseAssignment.objects.filter(
        case=OuterRef("case"), department=OuterRef("department")
    ).exclude(pk=OuterRef("pk"))
    asked_anew = Q(created_at__gte=OuterRef("ended_at"), pk__gt=OuterRef("pk"))
    ended_later = Q(ended_at__gt=OuterRef("ended_at"))
    return (
        CaseAssignment.objects.filter(department__voids_case=True, status__in=REFUSED)
        .exclude(case__status=Status.CLOSED)
        .exclude(Exists(of_the_same.filter(asked_anew | ended_later)))
        .order_by("-ended_at", "-pk")
    )


def needs_voiding(case: Case) -> CaseAssignment | None:
    """The assignment because of which this case should be voided, with its department and who
    ended it; None where there is none."""
    refusals = refusals_to_void().select_related("department", "reason", "ended_by")
    return refusals.filter(case=case).first()
