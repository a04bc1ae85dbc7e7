"""Ending an assignment: completed, rejected, returned, withdrawn (A4, A5)."""

from __future__ import annotations

from heliodesk.assignments import access
from heliodesk.assignments.models import STANDING, AssignmentStatus, CaseAssignment
from heliodesk.assignments.rules import texts
from heliodesk.assignments.rules.acting import act, member_ids, tell
from heliodesk.assignments.rules.follow_up import end_follow_up
from heliodesk.cases import access as case_access
from heliodesk.cases.rules.status import settle
from heliodesk.core import clock
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.kinds import Kind
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import notify, owner_ids
from heliodesk.people.access import Actor

CHANGED = ("status", "outcome", "ended_at", "ended_by")


@rule("A4", "A5")
def complete_assignment(
    assignment: CaseAssignment, *, resolution: str, by: Actor
) -> CaseAssignment:
    """Complete the assignment with a resolution; gives it.

    The case's owner is told how many are still open; after the last the case is Awaiting Customer
    Support. Refuses for anybody but the assignee, without a resolution, and when it has ended.
    """
    assignment = _locked_for_department(assignment, by=by, to="complete it")
    access.require_assignee(assignment, by=by, to="complete it")
    said = texts.required(resolution, label="the resolution", field="resolution", rule="A4")
    _end(assignment, AssignmentStatus.COMPLETED, said, by=by)
    return _ended_by_department(assignment, kinds.ASSIGNMENT_COMPLETED, by=by)


@rule("A4", "A5", "A6")
def reject_assignment(assignment: CaseAssignment, *, reason: str, by: Actor) -> CaseAssignment:
    """Reject the assignment, because it is not this department's; gives it.

    What follows is as for `complete_assignment`. Refuses for anybody but a member of the
    department, without a reason, and when it has ended.
    """
    assignment = _locked_for_department(assignment, by=by, to="reject it")
    said = texts.required(reason, label="the reason for rejecting it", field="reason", rule="A4")
    _end(assignment, AssignmentStatus.REJECTED, said, by=by)
    return _ended_by_department(assignment, kinds.ASSIGNMENT_REJECTED, by=by)


@rule("A4", "A5", "A6")
def return_assignment(assignment: CaseAssignment, *, reason: str, by: Actor) -> CaseAssignment:
    """Return the assignment, because it cannot be done as asked; gives it.

    What follows is as for `complete_assignment`. Refuses for anybody but a member of the
    department, without a reason, and when it has ended.
    """
    assignment = _locked_for_department(assignment, by=by, to="return it")
    said = texts.required(reason, label="the reason for returning it", field="reason", rule="A4")
    _end(assignment, AssignmentStatus.RETURNED, said, by=by)
    return _ended_by_department(assignment, kinds.ASSIGNMENT_RETURNED, by=by)


@rule("A4", "A5", "K7")
def withdraw_assignment(assignment: CaseAssignment, *, note: str = "", by: Actor) -> CaseAssignment:
    """Withdraw the assignment, with an optional note; gives it.

    Whoever had it is told, or the department's members where nobody had; the owner too, where
    another withdraws. Refuses for anybody but those who may assign the case (K7), and when it
    has ended.
    """
    assignment = access.lock(assignment)
    case_access.require_assign(assignment.case, by=by, to="withdraw one of its assignments")
    access.require_standing(assignment, to="withdraw it")
    said = texts.optional(note, label="the note", field="note", rule="A4")
    _end(assignment, AssignmentStatus.WITHDRAWN, said, by=by)
    assignment.save(update_fields=CHANGED)
    end_follow_up(assignment, at=clock.now(), by=by)
    item = tell(
        assignment,
        kinds.ASSIGNMENT_WITHDRAWN,
        body=said,
        still_open=standing_beside(assignment),
        by=by,
    )
    had_it = [assignment.assignee_id] if assignment.assignee_id else member_ids(assignment)
    notify(had_it, item, NoticeKind.ASSIGNMENT_ENDED, by=by)
    return _settled(assignment, item, by=by)


def standing_beside(assignment: CaseAssignment) -> int:
    """How many other assignments of the case stand."""
    standing = CaseAssignment.objects.filter(case=assignment.case_id, status__in=STANDING)
    return standing.exclude(pk=assignment.pk).count()


def _locked_for_department(assignment: CaseAssignment, *, by: Actor, to: str) -> CaseAssignment:
    assignment = access.lock(assignment)
    access.require_department(assignment, by=by, to=to)
    access.require_standing(assignment, to=to)
    return assignment


def _end(assignment: CaseAssignment, status: AssignmentStatus, outcome: str, *, by: Actor) -> None:
    assignment.status = status
    assignment.outcome = outcome
    assignment.ended_at = clock.now()
    assignment.ended_by_id = by.person_id


def _ended_by_department(assignment: CaseAssignment, kind: Kind, *, by: Actor) -> CaseAssignment:
    left = standing_beside(assignment)
    item = act(assignment, kind, changed=CHANGED, body=assignment.outcome, still_open=left, by=by)
    return _settled(assignment, item, by=by)


def _settled(assignment: CaseAssignment, item: FeedItem, *, by: Actor) -> CaseAssignment:
    """Tell the owner of the outcome, and give the case the status that is left (A5)."""
    notify(owner_ids(assignment.case), item, NoticeKind.ASSIGNMENT_ENDED, by=by)
    assignment.case = settle(assignment.case, by=by)
    return assignment
