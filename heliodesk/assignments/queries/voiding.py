"""Cases that should be closed as Case Voided (A6)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from heliodesk.assignments.models import AssignmentStatus, CaseAssignment
from heliodesk.cases.models import Case, Status

REFUSED = (AssignmentStatus.REJECTED, AssignmentStatus.RETURNED)


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
