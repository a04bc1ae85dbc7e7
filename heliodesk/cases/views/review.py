"""Log Review on the screen (L1–L3)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.forms.review import ReviewForm
from heliodesk.cases.models.activities import REVIEW_LIMIT
from heliodesk.cases.rules.review import HEADINGS, TEMPLATE, log_review
from heliodesk.cases.views.dialogs import dialog, sent, typed_before
from heliodesk.web.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def review_new(request: DeskRequest, number: int) -> HttpResponse:
    """Log a review of a case."""
    case = access.get_bare_case(number, by=request.actor)
    if request.method == "GET":
        access.require_review(case, by=request.actor)
        access.require_open(case, to="log a review of it")
    draft = f"case/{case.number}/review"
    form = ReviewForm(
        sent(request),
        initial={"comments": TEMPLATE} | typed_before(request, draft, "comments"),
    )
    return dialog(
        request,
        "cases/review.html",
        case,
        form,
        lambda: log_review(case, comments=form.cleaned_data["comments"], by=request.actor),
        said="The review was logged.",
        draft=draft,
        more=lambda: {"headings": HEADINGS, "limit": REVIEW_LIMIT},
    )
