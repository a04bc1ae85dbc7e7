"""Case assignments, and what departments do with them (A, F)."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router

from heliodesk.api import chosen
from heliodesk.api.bodies import Body, Id, Text
from heliodesk.api.parameters import AssignmentNumber, CaseNumber, Cursor, Limit, Word
from heliodesk.api.queries import shapes
from heliodesk.api.queries.listing import Condition, among
from heliodesk.api.requests import ApiRequest
from heliodesk.api.schemas import AssignmentShown, listed
from heliodesk.api.shown import shown_page, shown_row
from heliodesk.assignments.access import get_assignment as assignment_of
from heliodesk.assignments.access import visible_assignments
from heliodesk.assignments.models import AssignmentStatus, CaseAssignment
from heliodesk.assignments.rules import creating, ending, follow_up, working
from heliodesk.cases import access
from heliodesk.core.numbers import whole
from heliodesk.people.models import Department, ReferralReason, ReferralSubtype, Topic, User

router = Router(tags=["Case assignments"])
AssignmentsPage = listed(AssignmentShown)
#: The fields of a body that the rule calls otherwise, by their names there.
SENT_AS = {
    "reason": "referral_reason",
    "subtype": "referral_subtype",
    "comments": "referral_comments",
}


class NewAssignment(Body):
    """What is asked of a department (A1)."""

    department: Text
    referral_reason: Id
    referral_subtype: Id | None = None
    topic: Id | None = None
    referral_comments: Text
    account_manager: Id | None = None
    sales_manager: Id | None = None


class Resolution(Body):
    """What was done (A4)."""

    resolution: Text


class Reason(Body):
    """Why it is rejected or returned (A4)."""

    reason: Text


class Note(Body):
    """A word on why, where there is one (A4)."""

    note: Text = ""


@router.get("/assignments", response=AssignmentsPage)
def list_assignments(
    request: ApiRequest,
    case: Annotated[str | None, Query(None, pattern="^[0-9]{1,18}$")],
    department: Annotated[Word | None, Query(None)],
    status: Annotated[AssignmentStatus | None, Query(None)],
    cursor: Cursor,
    limit: Limit,
) -> HttpResponse:
    """Case assignments, the newest first, on the cases that one may see (K6)."""
    conditions: list[Condition] = among("x.id", visible_assignments(request.actor))
    if case is not None:
        conditions.append(("c.number = %s", [whole(case)]))
    if department is not None:
        found = chosen.by_slug(Department.objects.all(), department, "department")
        conditions.append(("x.department_id = %s", [found.pk]))
    if status is not None:
        conditions.append(("x.status = %s", [status.value]))
    return shown_page(request, shapes.ASSIGNMENT, conditions, limit=limit)


@router.post("/cases/{number}/assignments", response={201: AssignmentShown})
def create_assignment(request: ApiRequest, number: CaseNumber, body: NewAssignment) -> HttpResponse:
    """Ask a department to do its part (A1 to A3, A7)."""
    people = User.objects.all()
    with chosen.called(**SENT_AS):
        made = creating.create_assignment(
            access.get_case(number, by=request.actor),
            department=chosen.by_slug(Department.objects.all(), body.department, "department"),
            reason=chosen.row(
                ReferralReason.objects.all(), body.referral_reason, "referral_reason"
            ),
            subtype=chosen.row(
                ReferralSubtype.objects.all(), body.referral_subtype, "referral_subtype"
            ),
            topic=chosen.row(Topic.objects.all(), body.topic, "topic"),
            comments=body.referral_comments,
            account_manager=chosen.row(people, body.account_manager, "account_manager"),
            sales_manager=chosen.row(people, body.sales_manager, "sales_manager"),
            by=request.actor,
        )
    return shown(made, status=201)


@router.post("/assignments/{number}/acceptance", response=AssignmentShown)
def accept_assignment(request: ApiRequest, number: AssignmentNumber) -> HttpResponse:
    """Become its assignee (A4)."""
    return shown(working.accept_assignment(asked(request, number), by=request.actor))


@router.post("/assignments/{number}/takeover", response=AssignmentShown)
def take_over_assignment(request: ApiRequest, number: AssignmentNumber) -> HttpResponse:
    """Become its assignee in place of another of the department, who is told (A4)."""
    return shown(working.take_over_assignment(asked(request, number), by=request.actor))


@router.post("/assignments/{number}/release", response=AssignmentShown)
def release_assignment(request: ApiRequest, number: AssignmentNumber) -> HttpResponse:
    """Give it back to the department, open, once somebody has accepted it (A4)."""
    return shown(working.release_assignment(asked(request, number), by=request.actor))


@router.post("/assignments/{number}/completion", response=AssignmentShown)
def complete_assignment(
    request: ApiRequest, number: AssignmentNumber, body: Resolution
) -> HttpResponse:
    """End it with what was done; the assignee does (A4)."""
    assignment = asked(request, number)
    done = ending.complete_assignment(assignment, resolution=body.resolution, by=request.actor)
    return shown(done)


@router.post("/assignments/{number}/rejection", response=AssignmentShown)
def reject_assignment(request: ApiRequest, number: AssignmentNumber, body: Reason) -> HttpResponse:
    """End it as not the department's (A4)."""
    assignment = asked(request, number)
    return shown(ending.reject_assignment(assignment, reason=body.reason, by=request.actor))


@router.post("/assignments/{number}/return", response=AssignmentShown)
def return_assignment(request: ApiRequest, number: AssignmentNumber, body: Reason) -> HttpResponse:
    """End it as not to be done as asked (A4)."""
    assignment = asked(request, number)
    return shown(ending.return_assignment(assignment, reason=body.reason, by=request.actor))


@router.post("/assignments/{number}/withdrawal", response=AssignmentShown)
def withdraw_assignment(request: ApiRequest, number: AssignmentNumber, body: Note) -> HttpResponse:
    """Take it back; the case owner or a supervisor does (A4)."""
    assignment = asked(request, number)
    return shown(ending.withdraw_assignment(assignment, note=body.note, by=request.actor))


@router.post("/assignments/{number}/follow-up", response=AssignmentShown)
def follow_up_assignment(request: ApiRequest, number: AssignmentNumber) -> HttpResponse:
    """Ask after it: the follow-up contacts are tagged in the feed (F1)."""
    assignment = asked(request, number)
    follow_up.follow_up_assignment(assignment, by=request.actor)
    return shown(assignment)


def asked(request: ApiRequest, number: str) -> CaseAssignment:
    """The assignment of that number, on a case that one may see (K6)."""
    return assignment_of(number, by=request.actor)


def shown(assignment: CaseAssignment, *, status: int = 200) -> HttpResponse:
    """The assignment as it is now."""
    return shown_row(
        shapes.ASSIGNMENT, "x.id = %s", [assignment.pk], what="assignment", status=status
    )
