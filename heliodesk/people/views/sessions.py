"""Where one is signed in (K1)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from heliodesk.people.queries.sessions import places_of
from heliodesk.people.rules.ending_sessions import end_others, end_session
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See


@require_safe
def listed(request: DeskRequest) -> HttpResponse:
    """Each place, the one of this page first."""
    places = places_of(request.user, current=request.session.session_key or "")
    return render(request, "people/sessions.html", {"places": places})


@require_POST
def ending(request: DeskRequest, session_id: int) -> HttpResponse:
    """End one; a second press changes nothing, so it needs no token of its own (K3)."""
    end_session(session_id, by=request.actor)
    messages.success(request, "That place is signed out.")
    return See(reverse("usersessions_list"))


@require_POST
def others_ending(request: DeskRequest) -> HttpResponse:
    """End all but the one of this page."""
    count = end_others(request.user, keep=request.session.session_key or "", by=request.actor)
    said = "You were signed in nowhere else." if not count else "All other places are signed out."
    messages.success(request, said)
    return See(reverse("usersessions_list"))
