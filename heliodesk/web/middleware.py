"""Who acts, for every request; the page for a rule that refused, and for what is only pressed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from heliodesk.core.refusal import Refused
from heliodesk.people.access import actor_for
from heliodesk.people.models import User
from heliodesk.web.way_back import way_back

#: Who signs in again is led to what they had pressed.
ONLY_PRESSED = Refused(
    "only_pressed",
    "What this address does is done by pressing its button. If your sign-in had ended when you "
    "pressed it, go back and press it again.",
    rule="K1",
)


class ActorMiddleware:
    """Sets `request.actor`, and answers a refusal that no form has shown (K5)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the person once and let the view work with the actor."""
        if isinstance(request.user, User):
            address = request.META.get("REMOTE_ADDR", "")
            request.actor = actor_for(request.user, origin=f"screen {address}")  # type: ignore[attr-defined]  # it makes a DeskRequest of it
        answer = self.get_response(request)
        opened = request.method == "GET" and hasattr(request, "actor")
        if opened and isinstance(answer, HttpResponseNotAllowed):
            answer.content = _refused(request, ONLY_PRESSED).content
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that says which rule refused, why, and what to do instead."""
        if not isinstance(error, Refused):
            return None
        return _refused(request, error)


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    context = {"refusal": error, "back": way_back(request, error)}
    return render(request, "web/refused.html", context, status=error.status)
