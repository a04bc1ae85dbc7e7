"""Who has which cases in hand, for supervisors (Q5, V1)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from heliodesk.core.refusal import NotFound, NotPermitted
from heliodesk.people.models import DeskSettings, Queue, Role, User
from heliodesk.web.requests import DeskRequest
from heliodesk.worklists.queries import desk
from heliodesk.worklists.queries.people import ORDERS, USUAL, people_with_open_cases
from heliodesk.worklists.views.groups import listing, order_of


@require_safe
def people(request: DeskRequest) -> HttpResponse:
    """Everybody with open cases and the agents who have none; of one queue its members."""
    require_supervisor(request)
    queues = [(queue.slug, queue.name, queue.pk) for queue in Queue.objects.filter(is_active=True)]
    slug, sort = request.GET.get("queue", ""), request.GET.get("sort", "")
    queue_id = next((key for name, _, key in queues if name == slug), None)
    sort = sort if sort.removeprefix("-") in ORDERS else USUAL
    context = {
        "people": people_with_open_cases(queue_id, sort),
        "sort": sort,
        "queues": queues,
        "queue": slug if queue_id else "",
    }
    return render(request, "worklists/people.html", context)


@require_safe
def person(request: DeskRequest, person_id: int) -> HttpResponse:
    """One person's open cases by status."""
    require_supervisor(request)
    found = User.objects.filter(pk=person_id).exclude(role=Role.NONE).first()
    if found is None:
        raise NotFound("person_not_found", "There is no such person in Support.", rule="V1")
    settings = DeskSettings.current()
    cases = desk.open_cases(found.pk, order_of(request), settings)
    open_cases = f"all=owner_agent:is:{found.pk}&all=open:is:yes"
    hand_over = {
        "act": "change_owner",
        "everything": "1",
        "filter": open_cases,
        "back": request.path,
    }
    context = {
        "person": found.name,
        "role": Role(found.role).label,
        "handing_over": f"{reverse('bulk_new')}?{urlencode(hand_over)}",
        "as_list": f"/cases/?{open_cases}",
        **listing(request, cases, settings, person_id=found.pk),
    }
    return render(request, "worklists/person.html", context)


def require_supervisor(request: DeskRequest) -> None:
    """Refuse for everybody but supervisors and administrators."""
    if not request.actor.is_supervisor:
        raise NotPermitted(
            "not_a_supervisor",
            "Other people's desks are open to supervisors. Your own cases stand on My desk.",
            rule="V1",
        )
