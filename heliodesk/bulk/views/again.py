"""Trying again what was refused: the same act on those cases, as a new action (V3)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from heliodesk.bulk.access import get_action
from heliodesk.bulk.views.beginning import begun
from heliodesk.web.requests import DeskRequest


@require_POST
def again(request: DeskRequest, action_id: int) -> HttpResponse:
    """Try the refused ones of an action again, with the same arguments; where these are refused by
    now, or lack something, the form of the act asks for it."""
    earlier = get_action(action_id, by=request.actor)
    sent = {
        **earlier.arguments,
        "act": earlier.act,
        "again_of": earlier.pk,
        "confirmed": earlier.refused,
        "once": request.POST.get("once", ""),
        "back": request.path.removesuffix("again/"),
    }
    return begun(request, sent)
