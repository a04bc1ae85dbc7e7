"""Setting a status by hand on the screen (S2)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.forms.status import StatusForm
from heliodesk.cases.rules.status import set_status
from heliodesk.cases.views.dialogs import dialog, sent
from heliodesk.web.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def status(request: DeskRequest, number: int) -> HttpResponse:
    """Set Awaiting Customer Response or Awaiting Customer Support."""
    case = access.get_bare_case(number, by=request.actor)
    if request.method == "GET":
        access.require_edit(case, by=request.actor, to="set its status")
        access.require_open(case, to="set its status")
    form = StatusForm(sent(request), initial={"status": case.status})
    return dialog(
        request,
        "cases/status.html",
        case,
        form,
        lambda: set_status(case, form.cleaned_data["status"], by=request.actor),
        said="The status was set.",
    )
