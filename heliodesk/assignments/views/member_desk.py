"""My desk for somebody of a department outside of Support (V1)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.assignments.queries.department_list import Asked
from heliodesk.assignments.queries.member_desk import MemberDesk, member_desk
from heliodesk.assignments.views.department_lists import total
from heliodesk.assignments.views.row_parts import Look, acts_offered, rows_markup
from heliodesk.web.requests import DeskRequest
from heliodesk.web.shell import counted

SHOWN = 15  # of what nobody has accepted; the list has it all


def member_desk_page(request: DeskRequest, context: dict[str, Any]) -> HttpResponse:
    """What the person accepted, what nobody has, what is asked after, and what to do next and why;
    `context` holds the notices."""
    by = request.actor
    desk = member_desk(by)
    asked = total(counted(request).departments.values())
    look = Look(department=len(by.department_ids) > 1, acts=True, back="/")
    context |= {
        "steps": [(step, acts_offered(step.row, by)) for step in desk.steps],
        "asked": asked,
        "tiles": tiles(desk, asked),
        "mine": rows_markup(desk.mine, look, by=by),
        "unaccepted": rows_markup(desk.unaccepted[:SHOWN], look, by=by),
        "mine_count": len(desk.mine),
        "unaccepted_count": asked.open - asked.accepted,
        "more": desk.more,
        "look": look,
        "once": str(uuid4()),
    }
    return render(request, "assignments/member_desk.html", context)


def tiles(desk: MemberDesk, asked: Asked) -> list[dict[str, Any]]:
    """The counts on top, each leading to the list of what it counts."""
    unaccepted = asked.bounded(asked.open - asked.accepted)
    waiting = f"{len(desk.asked_after)}{'+' if desk.more else ''}"
    counts = [
        ("Accepted by me", asked.mine, "mine"),
        ("Nobody has accepted", unaccepted, "open&sort=-status"),
        ("Overdue", asked.bounded(asked.overdue), "overdue"),
        ("Waiting for an answer", waiting, "open&sort=answer"),
    ]
    return [
        {"label": label, "count": count, "url": f"/assignments/?show={show}"}
        for label, count, show in counts
    ]
