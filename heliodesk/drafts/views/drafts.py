"""Where the screen keeps what is being typed (C5)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from heliodesk.core.refusal import Refused
from heliodesk.drafts.rules.typing import keep_typed
from heliodesk.web.requests import DeskRequest


@require_http_methods(["POST"])
def drafts(request: DeskRequest) -> HttpResponse:
    """Keep `data` (a JSON object of fields) for the form `key`; without data forget it. 204, or
    the refusal as JSON."""
    try:
        keep_typed(request.POST.get("key", ""), request.POST.get("data", ""), by=request.actor)
    except Refused as refused:
        answer = {"code": refused.code, "message": refused.message, "field": refused.field}
        return JsonResponse(answer, status=refused.status)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
