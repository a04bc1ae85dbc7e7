"""Linking related cases on the screen (W2)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heliodesk.cases import access
from heliodesk.cases.forms.relating import RelatedForm
from heliodesk.cases.queries.relating import proposals
from heliodesk.cases.rules.relating import get_other, relate_cases, unrelate_cases
from heliodesk.cases.views.dialogs import dialog, sent
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See


@require_http_methods(["GET", "POST"])
def related_new(request: DeskRequest, number: int) -> HttpResponse:
    """Link another case, of whatever customer."""
    case = access.get_case(number, by=request.actor)
    if request.method == "GET":
        access.require_support(by=request.actor, to="link related cases")
        access.require_open(case, to="link a related case")
    form = RelatedForm(sent(request))

    def act() -> object:
        other = get_other(form.cleaned_data["other"], by=request.actor)
        return relate_cases(case, other=other, by=request.actor)

    said = "The case was linked."
    return dialog(request, "cases/relating.html", case, form, act, said=said)


@require_POST
def related_gone(request: DeskRequest, number: int, other: int) -> HttpResponse:
    """Take a link away."""
    case = access.get_bare_case(number, by=request.actor)
    unrelate_cases(case, other=access.get_bare_case(other, by=request.actor), by=request.actor)
    messages.success(request, f"The link to case {other:08d} was taken away.")
    return See(f"{case.get_absolute_url()}?tab=related")


@require_safe
def related_options(request: DeskRequest, number: int) -> JsonResponse:
    """What is proposed for `q` while one types."""
    case = access.get_bare_case(number, by=request.actor)
    return JsonResponse({"items": proposals(case, request.GET.get("q", ""), by=request.actor)})
