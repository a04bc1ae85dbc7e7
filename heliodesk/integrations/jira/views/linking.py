"""Linking Jira tickets with a case on the screen (J1, J2)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.cases.rules.jira_links import link_jira, unlink_jira
from heliodesk.cases.views.dialogs import dialog, sent
from heliodesk.integrations.jira.access import require_searcher
from heliodesk.integrations.jira.forms.linking import LinkForm
from heliodesk.integrations.jira.guard import pause
from heliodesk.integrations.jira.models import JiraSettings
from heliodesk.integrations.jira.searching import Found, search
from heliodesk.integrations.jira.tickets import read_ticket
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See

TEMPLATE = "jira/linking.html"


@require_safe
def ticket_options(request: DeskRequest) -> JsonResponse:
    """The open tickets for `q` while one types; `note` says why there are none."""
    require_searcher(by=request.actor)
    found = search(request.GET.get("q", ""))
    items = [
        {"value": one.key, "label": f"{one.key} {one.title}", "hint": one.status}
        for one in found.tickets
    ]
    return JsonResponse({"items": items, "note": found.problem})


@require_http_methods(["GET", "POST"])
def link_new(request: DeskRequest, number: int) -> HttpResponse:
    """Link a ticket. Without JavaScript the button *Search* shows what Jira has."""
    case = access.get_case(number, by=request.actor)
    if request.method == "GET":
        access.require_edit(case, by=request.actor, to="link a Jira ticket")
        access.require_open(case, to="link a Jira ticket")
    if "search" in request.POST:
        return searched(request, case)
    form = LinkForm(sent(request))

    def act() -> object:
        ticket = read_ticket(form.cleaned_data["ticket"])
        return link_jira(case, ticket=ticket, by=request.actor)

    standing = pause() if request.method == "POST" else None
    later = f" {standing.why}: title and status follow by themselves." if standing else ""
    said = f"The ticket was linked.{later}"
    return dialog(request, TEMPLATE, case, form, act, said=said, tab="related", more=more)


def searched(request: DeskRequest, case: Case) -> HttpResponse:
    """The form with what Jira has for the words in it."""
    require_searcher(by=request.actor)
    typed = request.POST.get("ticket", "")
    context = {"case": case, "form": LinkForm(initial={"ticket": typed}), "draft": ""}
    return render(request, TEMPLATE, context | more(search(typed)))


def more(found: Found | None = None) -> dict[str, Any]:
    """What else the form shows."""
    return {"found": found, "is_set_up": JiraSettings.in_use() is not None}


@require_POST
def link_gone(request: DeskRequest, number: int, link_id: int) -> HttpResponse:
    """Take a link away."""
    case = access.get_bare_case(number, by=request.actor)
    link = unlink_jira(case, link_id=link_id, by=request.actor)
    messages.success(request, f"The link to {link} was taken away.")
    return See(f"{case.get_absolute_url()}?tab=related")
