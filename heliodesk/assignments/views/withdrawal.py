"""Withdrawing an assignment on the screen (A4)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from heliodesk.assignments import access
from heliodesk.assignments.forms.withdrawal import WithdrawalForm
from heliodesk.assignments.rules.ending import standing_beside, withdraw_assignment
from heliodesk.cases import access as case_access
from heliodesk.cases.views.dialogs import dialog, sent, typed_before
from heliodesk.web.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def assignment_withdraw(request: DeskRequest, number: str) -> HttpResponse:
    """Withdraw an assignment that stands, with a word on why."""
    assignment = access.get_assignment(number, by=request.actor)
    if request.method == "GET":
        to = "withdraw one of its assignments"
        case_access.require_assign(assignment.case, by=request.actor, to=to)
        access.require_standing(assignment, to="withdraw it")
    draft = f"assignment/{assignment.pk}/withdrawal"
    form = WithdrawalForm(sent(request), initial=typed_before(request, draft, "note"))
    return dialog(
        request,
        "assignments/withdrawal.html",
        assignment.case,
        form,
        lambda: withdraw_assignment(assignment, note=form.cleaned_data["note"], by=request.actor),
        said=f"{assignment} was withdrawn from {assignment.department}.",
        draft=draft,
        tab="assignments",
        more=lambda: {"assignment": assignment, "others": standing_beside(assignment)},
    )
