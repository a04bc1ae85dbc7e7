"""Whom one may mention on a case, while one types (C1, K6)."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.feed.proposals import proposals
from heliodesk.web.requests import DeskRequest


@require_http_methods(["GET"])
def mentions(request: DeskRequest) -> HttpResponse:
    """`{"items": [{value, label, hint, insert}]}` for `?case=` and `?q=`."""
    case = access.get_bare_case(request.GET.get("case", ""), by=request.actor)
    items = proposals(case, request.GET.get("q", "")[:60], by=request.actor)
    return JsonResponse({"items": items})
