"""What is asked of every request before anything reads it, and said with every page."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class ReadableMiddleware:
    """Refuses addresses, questions and cookies with the one character that PostgreSQL holds in no
    text. What is typed into a form is the form's to refuse, so that it is not lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, or raise `BadRequest`."""
        question = request.META.get("QUERY_STRING", "")
        if "%00" in question or "\x00" in "".join(
            (request.path, question, *request.COOKIES.values())
        ):
            raise BadRequest("a NUL character in the address, the question or a cookie")
        return self.get_response(request)


class UnkeptMiddleware:
    """Has no page of a signed-in person kept by the browser or by a proxy: after signing out, going
    back shows the sign-in page and not a case (K1)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its header, unless the view said something of its own."""
        answer = self.get_response(request)
        if request.user.is_authenticated:
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer
