"""My desk (V1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.assignments.queries.department_list import Asked, asked_of
from heliodesk.assignments.views.department_lists import total
from heliodesk.assignments.views.member_desk import member_desk_page
from heliodesk.people.models import DeskSettings
from heliodesk.web.requests import DeskRequest
from heliodesk.worklists.queries import desk
from heliodesk.worklists.queries.desk import DeskCase
from heliodesk.worklists.queries.next_steps import next_steps
from heliodesk.worklists.queries.orders import Order
from heliodesk.worklists.queries.rows import STATUS_TONES
from heliodesk.worklists.views.queues import QueueLine, queue_line

#: What a tile shows alone (`?only=`), with its label.
TILES = {
    "": "Open cases",
    "due": "Due for review",
    "high": "High priority",
    "referral": "Waiting on a department",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The cases of one status."""

    label: str
    tone: str
    cases: list[DeskCase]


@require_safe
def my_desk(request: DeskRequest) -> HttpResponse:
    """What the person has in hand, what is due, and what to do next and why."""
    unread = desk.unread(request.actor)
    if not request.actor.is_support:
        return member_desk_page(request, {"notices": unread})
    settings = DeskSettings.current()
    found = desk.open_cases(request.actor.person_id, _order(request), settings)
    return render(
        request,
        "worklists/desk.html",
        {
            "steps": next_steps(found, unread),
            "notices": unread,
            "queues": _queues(request),
            "closed": desk.recently_closed(request.actor.person_id, settings),
            "interval": settings.review_interval,
            "overdue": _overdue(request),
            **listing(request, found),
        },
    )


def _overdue(request: DeskRequest) -> Asked | None:
    """What stands with all departments together, for supervisors, who see what is overdue (F4)."""
    if not request.actor.is_supervisor:
        return None
    return total(asked_of(None, person_id=request.actor.person_id).values())


def listing(request: DeskRequest, found: list[DeskCase]) -> dict[str, Any]:
    """The tiles, and the cases by status; those of one tile where it was chosen."""
    only = request.GET.get("only", "")
    only = only if only in TILES else ""
    shown = [case for case in found if _belongs(case, only)]
    return {
        "tiles": [
            {"key": key, "label": label, "count": sum(_belongs(case, key) for case in found)}
            for key, label in TILES.items()
        ],
        "only": only,
        "groups": _groups(shown),
        "sort": _order(request).name,
        "more": len(found) > desk.MOST,
    }


def _order(request: DeskRequest) -> Order:
    return Order.named(request.GET.get("sort", ""))


def _belongs(case: DeskCase, tile: str) -> bool:
    marks = {"due": case.is_due, "high": case.row.high, "referral": case.row.tone == "referral"}
    return marks.get(tile, True)


def _groups(cases: list[DeskCase]) -> list[Group]:
    groups = [
        Group(status.label, tone, [case for case in cases if case.row.tone == tone])
        for status in desk.GROUPS
        for tone in [STATUS_TONES[status.value]]
    ]
    return [group for group in groups if group.cases]


def _queues(request: DeskRequest) -> list[QueueLine]:
    lines = [queue_line(request, key) for key in sorted(request.actor.queue_ids)]
    return [line for line in lines if line.is_mine]
