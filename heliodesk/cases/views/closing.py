"""Closing a case on the screen (X1, X2)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from heliodesk.assignments.queries.case_assignments import assignments_of
from heliodesk.assignments.rules.closing import withdraw_and_close
from heliodesk.cases import access
from heliodesk.cases.forms.closing import ClosingForm
from heliodesk.cases.views.dialogs import dialog, sent, typed_before
from heliodesk.web.requests import DeskRequest

TYPED = ("reason", "note", "withdrawal_note")


@require_http_methods(["GET", "POST"])
def closure_new(request: DeskRequest, number: int) -> HttpResponse:
    """Close a case; names the assignments that are open, and withdraws those that are ticked."""
    case = access.get_bare_case(number, by=request.actor)
    if request.method == "GET":
        access.require_edit(case, by=request.actor, to="close it")
        access.require_open(case, to="close it again")
    draft = f"case/{case.number}/closure"
    form = ClosingForm(sent(request), initial=typed_before(request, draft, *TYPED))
    return dialog(
        request,
        "cases/closing.html",
        case,
        form,
        lambda: withdraw_and_close(
            case,
            withdraw=form.cleaned_data["withdraw"],
            withdrawal_note=form.cleaned_data["withdrawal_note"],
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            by=request.actor,
        ),
        said="The case was closed.",
        draft=draft,
        more=lambda: {"standing": [one for one in assignments_of(case.pk) if one.standing]},
    )
