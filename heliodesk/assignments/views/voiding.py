"""Closing a case as Case Voided, after a department refused it, on the screen (A6)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from heliodesk.assignments.forms.withdrawal import VoidingForm
from heliodesk.assignments.queries.case_assignments import assignments_of
from heliodesk.assignments.queries.voiding import needs_voiding
from heliodesk.assignments.rules.voiding import void_case
from heliodesk.cases import access
from heliodesk.cases.views.dialogs import dialog, sent, typed_before
from heliodesk.web.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def case_void(request: DeskRequest, number: int) -> HttpResponse:
    """Close the case as Case Voided, and withdraw what is still open where that is wanted."""
    case = access.get_bare_case(number, by=request.actor)
    if request.method == "GET":
        access.require_edit(case, by=request.actor, to="void it")
        access.require_open(case, to="void it")
    draft = f"case/{case.number}/voiding"
    known = {"withdraw_rest": True, **typed_before(request, draft, "note")}
    form = VoidingForm(sent(request), initial=known)
    return dialog(
        request,
        "assignments/voiding.html",
        case,
        form,
        lambda: void_case(
            case,
            withdraw_rest=form.cleaned_data["withdraw_rest"],
            note=form.cleaned_data["note"],
            by=request.actor,
        ),
        said="The case was closed as Case Voided.",
        draft=draft,
        more=lambda: {
            "refusal": needs_voiding(case),
            "standing": [one for one in assignments_of(case.pk) if one.standing],
        },
    )
