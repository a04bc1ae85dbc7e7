"""Whom an administrator may choose, while they type: three statements each."""

from __future__ import annotations

from django.http import JsonResponse

from heliodesk.core.numbers import whole
from heliodesk.core.picking import offered
from heliodesk.people.models import Department, Queue
from heliodesk.people.queries.picking import People
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.queries import picking
from heliodesk.web.requests import DeskRequest


@set_up_view("GET", "HEAD")
def people_options(request: DeskRequest) -> JsonResponse:
    """Anybody: for the follow-ups of a `department`, or `for` escalations or changes."""
    asked = request.GET
    source: People
    if asked.get("for") == "changes":
        source = picking.everybody()
    elif asked.get("for") == "escalations":
        source = picking.escalation_people()
    else:
        source = picking.follow_up_people(whole(asked.get("department", "")) or 0)
    return JsonResponse(offered(source, asked.get("q", "")))


@set_up_view("GET", "HEAD")
def queue_newcomers(request: DeskRequest, pk: int) -> JsonResponse:
    """Who may come to a queue."""
    return JsonResponse(offered(picking.newcomers(Queue(pk=pk)), request.GET.get("q", "")))


@set_up_view("GET", "HEAD")
def department_newcomers(request: DeskRequest, pk: int) -> JsonResponse:
    """Who may come to a department."""
    return JsonResponse(offered(picking.newcomers(Department(pk=pk)), request.GET.get("q", "")))
