"""The OpenAPI document, the reference in the product, and what is said of other addresses."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.defaults import bad_request, page_not_found, server_error

from heliodesk.api.answers import Answer, refusal, written
from heliodesk.api.desk_api import whole_document
from heliodesk.api.reference import sections
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.web.requests import DeskRequest

View = Callable[..., HttpResponse]


@require_safe
def openapi(request: HttpRequest) -> Answer:
    """The document. It says nothing that is a secret."""
    return Answer(_text())


@cache
def _text() -> str:
    return written(document())


def document() -> dict[str, Any]:
    """The document as it is for every request."""
    return dict(whole_document())


@require_safe
def reference(request: DeskRequest) -> HttpResponse:
    """Every operation with what it takes and gives, for people."""
    context = {"sections": sections(document()), "base": request.build_absolute_uri("/api/v1")}
    return render(request, "api/reference.html", context)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is said of a request that cannot be read, or is another host's: to a program in its
    words."""
    if not request.path.startswith("/api/"):
        return bad_request(request, exception)
    if isinstance(exception, DisallowedHost):
        told = Refused(
            "host_unknown",
            "The desk does not go by this name. Ask at the address that people use; whoever runs "
            "the desk adds names to HELIODESK_HOSTS.",
            rule="K1",
        )
    else:
        told = Refused(
            "request_unreadable",
            "The request cannot be read: it has a NUL, or more parameters than the desk takes.",
            rule="K5",
        )
    answer = refusal(told)
    answer.status_code = HTTPStatus.BAD_REQUEST
    return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is said where there is nothing: to a program in its words."""
    if not request.path.startswith("/api/v"):
        return page_not_found(request, exception)
    return nothing_here(request)


def failed(request: HttpRequest) -> HttpResponse:
    """What is said when the desk itself fails: to a program in its words. The error stands in the
    server's log, and nothing of it in the answer."""
    if not request.path.startswith("/api/v"):
        return server_error(request)
    told = Refused(
        "server_error",
        "The desk failed, and nothing was changed. Try again; if it fails again, tell an "
        "administrator, with the time.",
        rule="K5",
    )
    answer = refusal(told)
    answer.status_code = HTTPStatus.INTERNAL_SERVER_ERROR
    return answer


def in_json(view: View) -> View:
    """The same view, which also says in a program's words that it does not take the method."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        answer = view(request, *args, **given)
        if not isinstance(answer, HttpResponseNotAllowed):
            return answer
        allowed = ", ".join(sorted(answer["Allow"].split(", ")))
        told = refusal(
            Refused("method_not_allowed", f"This address takes {allowed} only.", rule="K5")
        )
        told.status_code = HTTPStatus.METHOD_NOT_ALLOWED
        told["Allow"] = allowed
        return told

    return run


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest) -> HttpResponse:
    """What a program gets at an address that there is not."""
    told = NotFound("not_found", "There is no such address: see /api/.", rule="K6")
    answer = refusal(told)
    answer.status_code = HTTPStatus.NOT_FOUND
    return answer
