"""Reopening a case on the screen (X4)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from heliodesk.cases.forms.reopening import ReopeningForm
from heliodesk.cases.queries.case_page import case_page
from heliodesk.cases.rules.reopening import reopen
from heliodesk.cases.views.dialogs import dialog, sent
from heliodesk.web.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def reopening_new(request: DeskRequest, number: int) -> HttpResponse:
    """Reopen a case, or learn why not and open a new one from it (X5)."""
    page = case_page(number, tab="details", by=request.actor)
    case = page.case.as_case()
    return dialog(
        request,
        "cases/reopening.html",
        case,
        form := ReopeningForm(sent(request)),
        lambda: reopen(case, by=request.actor),
        said="The case was reopened.",
        more=lambda: {
            "page": page,
            "action": next((act for act in page.actions if act.label == "Reopen"), None),
            "refused": form.refusals,
        },
    )
