"""Taking cases from a queue: one, or the next (Q4)."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from heliodesk.cases import access
from heliodesk.cases.rules import taking
from heliodesk.core.forms import DeskForm
from heliodesk.people.models import Queue
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See, carry_out
from heliodesk.worklists.views.queues import find, queue_page


@require_POST
def one(request: DeskRequest, number: int) -> HttpResponse:
    """Take this case, and see it. A second press changes nothing, so it needs no token (K3)."""
    case = taking.take(access.get_case(number, by=request.actor), by=request.actor)
    messages.success(request, f"Case {case.display_number} is yours.")
    return See(case.get_absolute_url())


@require_POST
def next_case(request: DeskRequest, slug: str) -> HttpResponse:
    """Take the top case of the order of work that can be acted on, and see it."""
    line = find(request, slug)
    queue = Queue(pk=line.key, name=line.name)
    form = DeskForm(request.POST)
    form.full_clean()

    def act() -> str:
        return taking.take_next(queue, by=request.actor).get_absolute_url()

    done = carry_out(request, form, act, said="The next case is yours.")
    return done or queue_page(request, line, form.refusals, HTTPStatus.CONFLICT)
