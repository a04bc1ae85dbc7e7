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
from heliodesk.set_up.forms.places import MembersForm
from heliodesk.set_up.queries import places
from heliodesk.set_up.views.choice_lists import show_list
from heliodesk.set_up.views.saving import pressed, saved
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
    found = _found(pk)
    people = places.who_may_join(found)
    form = MembersForm(request.POST if request.method == "POST" else None, people=people)

    def act() -> str:
        for person in form.cleaned_data["people"]:
            join_queue(found, person, by=request.actor)
        return address("set_up_queue", pk)

    back = address("set_up_queue", pk)
    return saved(
        request, form, act, "set_up/members_new.html", said="The members are saved.",
        place=found, back=back, nothing="Everybody in Support works it already.",
    )  # fmt: skip


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
