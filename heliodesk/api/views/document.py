"""The OpenAPI document, the reference in the product, and what is said of other addresses."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.defaults import bad_request

from heliodesk.api.answers import Answer, refusal, written
from heliodesk.api.desk_api import api
from heliodesk.api.reference import sections
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.web.requests import DeskRequest


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> Answer:
    """The document. It says nothing that is a secret."""
    return Answer(_text())


@cache
def _text() -> str:
    return written(document())


@cache
def document() -> dict[str, Any]:
    """The document as it is for every request."""
    return dict(api.get_openapi_schema())


@require_safe
def reference(request: DeskRequest) -> HttpResponse:
    """Every operation with what it takes and gives, for people."""
    context = {"sections": sections(document()), "base": request.build_absolute_uri("/api/v1")}
    return render(request, "api/reference.html", context)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is said of an address that cannot be read: to a program in its words."""
    if not request.path.startswith("/api/"):
        return bad_request(request, exception)
    told = Refused("request_unreadable", "The address cannot be read: it has a NUL.", rule="K5")
    answer = refusal(told)
    answer.status_code = HTTPStatus.BAD_REQUEST
    return answer


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest) -> HttpResponse:
    """What a program gets at an address that there is not."""
    told = NotFound("not_found", "There is no such address: see /api/.", rule="K6")
    answer = refusal(told)
    answer.status_code = HTTPStatus.NOT_FOUND
    return answer
