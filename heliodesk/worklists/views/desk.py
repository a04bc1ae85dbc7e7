"""My desk (V1)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.assignments.views.member_desk import member_desk_page
from heliodesk.list_views.rules.folding import DESK
from heliodesk.people.models import DeskSettings
from heliodesk.web.requests import DeskRequest
from heliodesk.web.shell import counted
from heliodesk.worklists.queries import desk
from heliodesk.worklists.queries.next_steps import FIRST, next_steps
from heliodesk.worklists.views.groups import listing, order_of
from heliodesk.worklists.views.queues import QueueLine, queue_line
from heliodesk.worklists.views.team import team_panel


@require_safe
def my_desk(request: DeskRequest) -> HttpResponse:
    """What the person has in hand, what is due, and what to do next and why."""
    unread = desk.unread(request.actor)
    if not request.actor.is_support:
        return member_desk_page(request, {"notices": unread})
    settings, me = DeskSettings.current(), request.actor.person_id
    folded = counted(request, list_name=DESK).layout.get("folded", [])
    in_full = request.GET.get("next") == "all"
    found = desk.open_cases(me, order_of(request), settings)
    return render(
        request,
        "worklists/desk.html",
        {
            "steps": next_steps(found, unread, most=desk.MOST if in_full else FIRST),
            "notices": unread,
            "queues": _queues(request),
            "closed": desk.recently_closed(me, settings),
            "interval": settings.review_interval,
            "team": team_panel(request, settings),
            **listing(request, found, settings, person_id=me, folded=folded),
        },
    )


def _queues(request: DeskRequest) -> list[QueueLine]:
    lines = [queue_line(request, key) for key in sorted(request.actor.queue_ids)]
    return [line for line in lines if line.is_mine]
