"""Following a case on the screen (W2). A second press changes nothing, so neither needs a token."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from heliodesk.cases import access
from heliodesk.cases.rules.following import follow_case, unfollow_case
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See


@require_POST
def follow(request: DeskRequest, number: int) -> HttpResponse:
    """Get the notices of the case."""
    case = follow_case(access.get_bare_case(number, by=request.actor), by=request.actor)
    messages.success(request, f"You follow case {case.display_number}: the bell tells its news.")
    return See(case.get_absolute_url())


@require_POST
def unfollow(request: DeskRequest, number: int) -> HttpResponse:
    """Get them no longer."""
    case = unfollow_case(access.get_bare_case(number, by=request.actor), by=request.actor)
    messages.success(request, f"You follow case {case.display_number} no longer.")
    return See(case.get_absolute_url())
