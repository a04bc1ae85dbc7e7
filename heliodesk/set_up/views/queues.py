"""Queues and who works them, on the screen of administrators (Q3, Q5)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.core.addresses import address
from heliodesk.core.refusal import NotFound
from heliodesk.people.models import Queue, QueueMembership
from heliodesk.people.rules.leaving import leave_queue
from heliodesk.people.rules.membership import join_queue
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.queries import places
from heliodesk.set_up.views.choice_lists import show_list
from heliodesk.set_up.views.members import members_new
from heliodesk.set_up.views.saving import pressed
from heliodesk.web.requests import DeskRequest


@set_up_view("GET", "HEAD")
def queues(request: DeskRequest) -> HttpResponse:
    """All of them, in their order."""
    context = {
        "title": "Queues",
        "sub": "Owners that are not a person: their members take cases from them.",
        "rows": places.queues(),
        "kind": "queues",
        "columns": ["Members", "Owns open cases"],
        "below": "set_up_queue",
    }
    return show_list(request, context)


@set_up_view("GET", "HEAD")
def queue(request: DeskRequest, pk: int) -> HttpResponse:
    """One of them, with its members."""
    found = _found(pk)
    context = {
        "queue": found,
        "members": places.members_of(found),
        "open_cases": places.open_cases_of(found),
    }
    return render(request, "set_up/queue.html", context)


@set_up_view()
def queue_members_new(request: DeskRequest, pk: int) -> HttpResponse:
    """Let more people work it."""
    return members_new(
        request,
        _found(pk),
        join=join_queue,
        back=address("set_up_queue", pk),
        nothing="Everybody in Support works it already.",
    )


@set_up_view("POST")
def queue_member_gone(request: DeskRequest, pk: int, user: int) -> HttpResponse:
    """Take somebody out; a second press changes nothing (K3)."""
    found = _found(pk)
    mine = QueueMembership.objects.filter(queue=found, user=user).select_related("queue", "user")

    def act() -> None:
        for membership in mine:
            leave_queue(membership, by=request.actor)

    said = "They work this queue no more."
    return pressed(request, act, back=address("set_up_queue", pk), said=said)


def _found(pk: int) -> Queue:
    queue = Queue.objects.filter(pk=pk).first()
    if queue is None:
        raise NotFound("queue_not_found", "There is no such queue. Look at the list.", rule="Q3")
    return queue
