"""Trying again what was refused, and going on with what a stopped action had not come to: the same
act on those cases, as a new action (V3)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from heliodesk.bulk.access import get_action
from heliodesk.bulk.models import BulkAction
from heliodesk.bulk.views.beginning import begun
from heliodesk.core.addresses import address
from heliodesk.web.requests import DeskRequest


@require_POST
def again(request: DeskRequest, action_id: int) -> HttpResponse:
    """Try the refused ones of an action again, with the same arguments; where these are refused by
    now, or lack something, the form of the act asks for it."""
    earlier = get_action(action_id, by=request.actor)
    return _once_more(request, earlier, again_of=earlier.pk, confirmed=earlier.refused)


@require_POST
def going_on(request: DeskRequest, action_id: int) -> HttpResponse:
    """Go on with the cases that a stopped action had not come to, with the same arguments."""
    earlier = get_action(action_id, by=request.actor)
    return _once_more(request, earlier, rest_of=earlier.pk, confirmed=earlier.left)


def _once_more(request: DeskRequest, earlier: BulkAction, **over: int) -> HttpResponse:
    sent = {
        **earlier.arguments,
        **over,
        "act": earlier.act,
        "once": request.POST.get("once", ""),
        "back": address("bulk_action", earlier.pk),
    }
    return begun(request, sent)
