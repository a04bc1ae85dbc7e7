"""Which assignments one may see (K6), and who may what on one (A4, A8, K7): decided here, once."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet

from heliodesk.assignments.models import STANDING, AssignmentStatus, CaseAssignment
from heliodesk.cases import access as case_access
from heliodesk.core.numbers import whole
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.people.access import Actor

PREFIX = "CA-"


def visible_assignments(by: Actor) -> QuerySet[CaseAssignment]:
    """The assignments of the cases that `by` may see (K6)."""
    if by.is_support:
        return CaseAssignment.objects.all()
    return CaseAssignment.objects.filter(case__in=case_access.visible_cases(by))


def get_assignment(
    number: int | str,
    *,
    by: Actor,
    reading: Callable[[QuerySet[CaseAssignment]], QuerySet[CaseAssignment]] | None = None,
) -> CaseAssignment:
    """The assignment `CA-00012`, or 12, with its case, department and assignee; `reading` adds
    what else is to be read along.

    Refuses with `NotFound` where there is none or `by` may not see its case: the same answer (K6).
    """
    related = ("case", "department", "reason", "subtype", "topic", "assignee")
    rows = visible_assignments(by).select_related(*related).filter(pk=key_of(number))
    found = (reading(rows) if reading else rows).first()
    if found is None:
        raise NotFound(
            "assignment_not_found",
            f"There is no case assignment {number}, or it is not on a case you may see. Look for "
            "it in the list of your department.",
            rule="K6",
        )
    return found


def key_of(number: int | str) -> int:
    """The key that a number such as `CA-00012`, `ca-12` or `12` names; 0 where it names none."""
    return whole(str(number).strip().upper().removeprefix(PREFIX)) or 0


def lock(assignment: CaseAssignment) -> CaseAssignment:
    """The assignment's row as it is now, and its case's: both locked until the transaction ends.

    The case comes first, as in every rule; so two rules never wait for each other.
    """
    case = case_access.lock(assignment.case)
    locked = (
        CaseAssignment.objects.select_for_update(of=("self",))
        .select_related("department", "assignee", "ended_by")
        .get(pk=assignment.pk)
    )
    if locked.case_id != case.pk:  # merged into another case meanwhile
        return lock(locked)
    locked.case = case
    return locked


def stands(assignment: CaseAssignment) -> bool:
    """True until the assignment has ended."""
    return assignment.status in STANDING


def is_of_department(assignment: CaseAssignment, by: Actor) -> bool:
    """True for the members of the department that was asked."""
    return assignment.department_id in by.department_ids


def is_assignee(assignment: CaseAssignment, by: Actor) -> bool:
    """True for the member who has accepted it."""
    return assignment.assignee_id is not None and assignment.assignee_id == by.user_id


def require_department(assignment: CaseAssignment, *, by: Actor, to: str) -> None:
    """Refuse anybody but a member of the department, supervisors and administrators too (A4)."""
    if not is_of_department(assignment, by):
        raise NotPermitted(
            "not_of_department",
            f"Only members of {assignment.department} may {to}. Post in the feed to ask them.",
            rule="A4",
        )


def require_standing(assignment: CaseAssignment, *, to: str) -> None:
    """Refuse on an assignment that has ended, and say how it did (A4)."""
    if not stands(assignment):
        how = AssignmentStatus(assignment.status).label.lower()
        raise Refused(
            "assignment_ended",
            f"{assignment} was {how} by {assignment.ended_by} already, so you cannot {to}. "
            "What is still to be done takes a new assignment.",
            rule="A4",
            about={"status": assignment.status},
        )


def require_assignee(assignment: CaseAssignment, *, by: Actor, to: str) -> None:
    """Refuse anybody but the assignee (A4)."""
    if assignment.assignee is None:
        raise Refused(
            "assignment_not_accepted",
            f"Nobody has accepted {assignment} yet: accept it first, then you may {to}.",
            rule="A4",
        )
    if not is_assignee(assignment, by):
        raise NotPermitted(
            "not_the_assignee",
            f"{assignment.assignee} has {assignment}. Only the assignee may {to}: take it over "
            "first.",
            rule="A4",
        )
