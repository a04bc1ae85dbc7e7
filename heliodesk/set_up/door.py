"""The door of the set-up: administrators alone come in (K1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from heliodesk.core.refusal import NotPermitted
from heliodesk.people.access import Actor
from heliodesk.web.requests import DeskRequest

P = ParamSpec("P")
View = Callable[Concatenate[DeskRequest, P], HttpResponse]


def require_administrator(*, by: Actor) -> None:
    """Refuse for anybody but those who set the desk up."""
    if not by.is_administrator:
        raise NotPermitted(
            "not_an_administrator",
            "The set-up is for administrators. Ask one of them for what you need.",
            rule="K1",
        )


def set_up_view(*methods: str) -> Callable[[View[P]], View[P]]:
    """Mark a view of the set-up: it answers to `methods` (GET and POST, if none are named), and
    to administrators alone, whatever was sent. The rules behind it ask again."""

    def mark(view: View[P]) -> View[P]:
        @require_http_methods(list(methods or ("GET", "HEAD", "POST")))
        @wraps(view)
        def run(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            require_administrator(by=request.actor)
            return view(request, *args, **kwargs)

        return run

    return mark
