"""The short way of a program's request: no session, no page and no form is about it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from heliodesk.web.guard import ReadableMiddleware

PREFIX = "/api/v1/"
ADDRESSES = "heliodesk.api.urls"
#: Should a browser ever show an answer, it runs and frames nothing of it.
SHUT = "default-src 'none'; frame-ancestors 'none'"

View = Callable[[HttpRequest], HttpResponse]


class ApiMiddleware:
    """Answers what goes to the API itself, and leaves out the middleware behind it: sessions,
    cookies' tokens, messages and sign-in cost a quarter of such a request and have no say in it."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        self.answered: View = convert_exception_to_response(ReadableMiddleware(_answered))  # type: ignore[assignment]  # it may be asynchronous elsewhere

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The API's answer, or that of the desk's pages."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        answer = self.answered(request)
        answer.headers.setdefault("Content-Security-Policy", SHUT)
        answer.headers.setdefault("X-Frame-Options", "DENY")
        # "Not modified" has no body: a length would be said of the answer that it stands for.
        if not answer.streaming and answer.status_code != HTTPStatus.NOT_MODIFIED:
            answer.headers.setdefault("Content-Length", str(len(answer.content)))
        return answer


def _answered(request: HttpRequest) -> HttpResponse:
    request.get_host()  # refuses a name that is not the desk's
    request.resolver_match = match = resolve(request.path_info, ADDRESSES)
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer
