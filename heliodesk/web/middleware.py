"""Who acts, for every request, and the page for a rule that refused."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from heliodesk.core.refusal import Refused
from heliodesk.people.access import actor_for
from heliodesk.people.models import User


class ActorMiddleware:
    """Sets `request.actor`, and answers a refusal that no form has shown (K5)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the person once and let the view work with the actor."""
        if isinstance(request.user, User):
            address = request.META.get("REMOTE_ADDR", "")
            request.actor = actor_for(request.user, origin=f"screen {address}")  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that says which rule refused, why, and what to do instead."""
        if not isinstance(error, Refused):
            return None
        return render(request, "web/refused.html", {"refusal": error}, status=error.status)
