"""Closing a case (X1, X2)."""

from __future__ import annotations

from heliodesk.assignments.models import STANDING, CaseAssignment
from heliodesk.cases import access
from heliodesk.cases.models import Case, ClosedReason, Closure, Status
from heliodesk.cases.rules.jira_links import tell_of_case
from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor


@rule("X1", "X2")
def close(case: Case, *, reason: ClosedReason | None, note: str = "", by: Actor) -> Closure:
    """Close the case for `reason`, with an optional note; gives the closure.

    Refuses for anybody but the owner or a supervisor, on a closed case, without a reason that is
    offered, and while assignments stand (X2).
    """
    case = access.lock(case)
    access.require_edit(case, by=by, to="close it")
    access.require_open(case, to="close it again")
    reason = offered(reason)
    require_assignments_ended(case)
    now = clock.now()
    closure = Closure.objects.create(
        case=case, reason=reason, note=trimmed(note), closed_at=now, closed_by_id=by.user_id
    )
    case.status = Status.CLOSED
    case.closed_at = now
    record(
        case,
        kinds.CLOSED,
        changed=["status", "closed_at"],
        at=now,
        body=closure.note,
        reason=reason.name,
        by=by,
    )
    tell_of_case(case)
    return closure


def offered(reason: ClosedReason | None) -> ClosedReason:
    """The reason, unless there is none or it is not one that people may choose (X1)."""
    if reason is None:
        raise Refused("closed_reason_missing", "Choose a Closed Reason.", rule="X1", field="reason")
    if reason.set_by_system or not reason.is_active:
        raise Refused(
            "closed_reason_not_offered",
            f"“{reason.name}” is not a reason one can choose. Choose another.",
            rule="X1",
            field="reason",
        )
    return reason


def require_assignments_ended(case: Case) -> None:
    """Refuse while assignments stand, and name them (X2)."""
    standing = CaseAssignment.objects.filter(case=case, status__in=STANDING)
    require_none_of(list(standing.values_list("department__name", flat=True).order_by("id")))


def require_none_of(departments: list[str]) -> None:
    """Refuse where assignments stand with these departments (X2)."""
    if departments:
        are = "assignment is" if len(departments) == 1 else "assignments are"
        raise Refused(
            "assignments_open",
            f"{len(departments)} case {are} open: {', '.join(departments)}. "
            "Each has to end, or be withdrawn, before the case can be closed.",
            rule="X2",
            about={"departments": departments},
        )
