"""Accepting an assignment, taking it over, releasing it: any member of the department (A4)."""

from __future__ import annotations

from heliodesk.assignments import access
from heliodesk.assignments.models import STANDING, AssignmentStatus, CaseAssignment
from heliodesk.assignments.rules.acting import act, member_ids, tell
from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import notify
from heliodesk.people.access import Actor

CHANGED = ("status", "assignee", "accepted_at")


@rule("A4")
def accept_assignment(assignment: CaseAssignment, *, by: Actor) -> CaseAssignment:
    """Become the assignee of an open assignment; gives it.

    Refuses for anybody but a member of the department, when somebody has accepted it (two who
    accept at once: the second is told who was first), and when it has ended.
    """
    assignment = access.lock(assignment)
    access.require_department(assignment, by=by, to="accept it")
    access.require_standing(assignment, to="accept it")
    if access.is_assignee(assignment, by):
        raise Refused("assignment_yours", f"You have {assignment} already.", rule="A4")
    if assignment.assignee is not None:
        raise Refused(
            "assignment_accepted",
            f"{assignment.assignee} has accepted {assignment}. Take it over, if you go on with it.",
            rule="A4",
            about={"assignee": assignment.assignee.name},
        )
    _give_to(assignment, by.person_id)
    act(assignment, kinds.ASSIGNMENT_ACCEPTED, changed=CHANGED, by=by)
    return assignment


@rule("A4")
def take_over_assignment(assignment: CaseAssignment, *, by: Actor) -> CaseAssignment:
    """Become the assignee in place of another, who is told; gives the assignment.

    Refuses for anybody but a member of the department, when it is one's own already, when nobody
    has accepted it, and when it has ended.
    """
    assignment = access.lock(assignment)
    access.require_department(assignment, by=by, to="take it over")
    access.require_standing(assignment, to="take it over")
    if access.is_assignee(assignment, by):
        raise Refused("assignment_yours", f"You have {assignment} already.", rule="A4")
    before = assignment.assignee
    if before is None:
        raise Refused(
            "assignment_not_accepted",
            f"Nobody has accepted {assignment} yet: accept it instead of taking it over.",
            rule="A4",
        )
    _give_to(assignment, by.person_id)
    item = act(assignment, kinds.ASSIGNMENT_TAKEN_OVER, changed=CHANGED, by=by, old=before.name)
    notify([before.pk], item, NoticeKind.ASSIGNMENT, by=by)
    return assignment


@rule("A4")
def release_assignment(assignment: CaseAssignment, *, by: Actor) -> CaseAssignment:
    """Give an accepted assignment back to its department, whose members are told; gives it, open.

    Refuses for anybody but a member of the department, when nobody has accepted it, and when it
    has ended.
    """
    assignment = access.lock(assignment)
    access.require_department(assignment, by=by, to="release it")
    access.require_standing(assignment, to="release it")
    if assignment.assignee is None:
        raise Refused(
            "assignment_not_accepted",
            f"Nobody has accepted {assignment}, so it is the whole department's already. Leave it "
            "as it is, or accept it.",
            rule="A4",
        )
    assignment.status = AssignmentStatus.OPEN
    assignment.assignee = assignment.accepted_at = None
    item = act(assignment, kinds.ASSIGNMENT_RELEASED, changed=CHANGED, by=by)
    notify(member_ids(assignment), item, NoticeKind.ASSIGNMENT, by=by)
    return assignment


@rule("A4", "Q5")
def release_all_of(user_id: int, *, by: Actor) -> list[CaseAssignment]:
    """Give everything that a person has accepted back to the departments, whose members are told;
    gives the assignments. Only for rules by which somebody leaves: they say who may.

    It is no act of the department: what is overdue or asked after stays so (F2, F4).
    """
    mine = CaseAssignment.objects.filter(assignee=user_id, status__in=STANDING)
    released = []
    for found in mine.order_by("case_id", "pk"):
        assignment = access.lock(found)
        if assignment.assignee_id != user_id or assignment.status not in STANDING:
            continue
        assignment.status = AssignmentStatus.OPEN
        assignment.assignee = assignment.accepted_at = None
        assignment.save(update_fields=CHANGED)
        item = tell(assignment, kinds.ASSIGNMENT_RELEASED, by=by)
        notify(member_ids(assignment), item, NoticeKind.ASSIGNMENT, by=by)
        released.append(assignment)
    return released


def _give_to(assignment: CaseAssignment, user_id: int) -> None:
    assignment.status = AssignmentStatus.ACCEPTED
    assignment.assignee_id = user_id
    assignment.accepted_at = clock.now()
