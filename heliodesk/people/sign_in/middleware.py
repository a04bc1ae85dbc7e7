"""What is looked at with every request of somebody signed in, for no statement more (K1)."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from functools import cache

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from heliodesk.core import clock
from heliodesk.people.models import User
from heliodesk.people.sign_in.demanded import (
    SET_UP_FIRST,
    came_by_provider,
    has_second_factor,
    is_held_back,
)

SEEN_EVERY = 600.0  # seconds
KEPT = 10_000  # sessions
CHOOSE_OWN = "An administrator has set this password: choose one of your own first. (K1)"
FIRST = "Set up a second factor first: this desk asks you for one. (K1)"


class SignedInMiddleware:
    """Leads who has something to do before anything else to its page, and notes when a session was
    last seen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seen = LastSeen()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, or lead there."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        self.seen.note(request.session.session_key or "")
        first = self.first(request)
        return first or self.get_response(request)

    def first(self, request: HttpRequest) -> HttpResponse | None:
        """The page that comes before all others, or None."""
        user = request.user
        if not isinstance(user, User) or _leads_out(request.path):
            return None
        if user.password_is_temporary and not came_by_provider(request, user):
            messages.warning(request, CHOOSE_OWN)
            return redirect("account_change_password")
        if is_held_back(request.session):
            if not has_second_factor(user):
                messages.warning(request, FIRST)
                return redirect("mfa_index")
            del request.session[SET_UP_FIRST]
        return None


class LastSeen:
    """When each session was last seen, written at most once in `SEEN_EVERY` by each process."""

    def __init__(self) -> None:
        self.written: OrderedDict[str, float] = OrderedDict()

    def note(self, session: str) -> None:
        """The session is in use; the first time here it has just been made, or nearly so."""
        now = time.monotonic()
        if now - self.written.setdefault(session, now) > SEEN_EVERY:
            self.written[session] = now
            UserSession.objects.filter(session_key=session).update(last_seen_at=clock.now())
        if len(self.written) > KEPT:
            self.written.popitem(last=False)


def _leads_out(path: str) -> bool:
    return path.startswith(_ways_out())


@cache
def _ways_out() -> tuple[str, ...]:
    """The pages by which a second factor is set up, and those by which one signs out or confirms
    that it is oneself: looked up once a process, as every request asks."""
    return (
        reverse("mfa_index"),
        reverse("account_logout"),
        reverse("account_reauthenticate"),
        reverse("account_change_password"),
        "/static/",
    )
