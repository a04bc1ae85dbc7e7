"""Closing a case as Case Voided, after the Resolution Specialist refused it (A6)."""

from __future__ import annotations

from heliodesk.assignments.models import STANDING, CaseAssignment
from heliodesk.assignments.queries.voiding import needs_voiding
from heliodesk.assignments.rules.ending import withdraw_assignment
from heliodesk.cases import access
from heliodesk.cases.models import Case, ClosedReason, Closure
from heliodesk.cases.rules.closing import close, require_assignments_ended
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor


@rule("A6", "X1", "X2")
def void_case(case: Case, *, withdraw_rest: bool = False, note: str = "", by: Actor) -> Closure:
    """Close the case as Case Voided, in one action; gives the closure.

    With `withdraw_rest` it withdraws first what is still open. Refuses for anybody but the owner
    or a supervisor, on a closed case, on one that no department refused so, and while assignments
    stand which are not to be withdrawn.
    """
    case = access.lock(case)
    access.require_edit(case, by=by, to="void it")
    access.require_open(case, to="void it")
    refusal = needs_voiding(case)
    if refusal is None:
        raise Refused(
            "nothing_to_void",
            "No department whose refusal voids a case has rejected or returned this one, or it "
            "has been asked anew. Close the case with a Closed Reason instead.",
            rule="A6",
        )
    reason = voided()
    if withdraw_rest:
        withdraw_standing(case, note=f"The case is voided: see {refusal}.", by=by)
    require_assignments_ended(case)
    return close(case, reason=reason, note=note, by=by)


def voided() -> ClosedReason:
    """The Closed Reason *Case Voided*; refuses where the set-up has none that is active."""
    reason = ClosedReason.objects.filter(is_case_voided=True, is_active=True).first()
    if reason is None:
        raise Refused(
            "case_voided_not_set_up",
            "No active Closed Reason is marked as Case Voided. An administrator marks one in the "
            "set-up; until then, close the case with another reason.",
            rule="A6",
        )
    return reason


def withdraw_standing(case: Case, *, note: str, by: Actor) -> None:
    """Withdraw each assignment of the case that stands, oldest first."""
    standing = CaseAssignment.objects.filter(case=case, status__in=STANDING)
    for assignment in standing.select_related("case").order_by("pk"):
        withdraw_assignment(assignment, note=note, by=by)
