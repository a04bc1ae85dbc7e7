"""Trying again what was refused: the same act on those cases, as a new action (V3)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from heliodesk.bulk.access import get_action
from heliodesk.bulk.models import BulkAction
from heliodesk.bulk.rules.acts import doing
from heliodesk.bulk.rules.starting import start_bulk_action
from heliodesk.bulk.selection import Selection
from heliodesk.bulk.views.beginning import finished
from heliodesk.core.addresses import address
from heliodesk.core.forms import DeskForm
from heliodesk.core.refusal import Refused
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@require_POST
def again(request: DeskRequest, action_id: int) -> HttpResponse:
    """Try the refused ones of an action again, with the same arguments."""
    earlier = get_action(action_id, by=request.actor)
    form = DeskForm(request.POST)
    form.full_clean()
    begun: list[BulkAction] = []

    def act() -> str:
        begun.append(
            start_bulk_action(
                earlier.act,
                over=Selection(again_of=earlier.pk),
                arguments=doing(earlier.act).taken_up(earlier.arguments),
                confirmed=earlier.refused,
                by=request.actor,
            )
        )
        return address("bulk_action", begun[-1].pk)

    done = carry_out(request, form, act)
    if done is None:
        refused: Refused = form.refusals[-1]
        raise refused
    return finished(request, begun[-1]) if begun else done
