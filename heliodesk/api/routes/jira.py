"""Jira tickets: found, and linked with a case (J)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from heliodesk.api.answers import answer
from heliodesk.api.bodies import Body, Text
from heliodesk.api.parameters import CaseNumber, Word
from heliodesk.api.requests import ApiRequest
from heliodesk.api.schemas import Shown
from heliodesk.cases import access
from heliodesk.cases.models import JiraLink
from heliodesk.cases.rules.jira_links import link_jira as rule_link_jira
from heliodesk.integrations.jira.access import require_searcher
from heliodesk.integrations.jira.searching import search
from heliodesk.integrations.jira.tickets import read_ticket

router = Router(tags=["Jira"])


class TicketShown(Shown):
    """An open ticket."""

    key: str
    title: str
    status: str
    url: str


class FoundShown(Shown):
    """What was found; `problem` says why there is nothing, or null."""

    items: list[TicketShown]
    problem: str | None


class TicketLink(Body):
    """A key of the Jira that is set up, or the URL of any ticket (J2)."""

    ticket: Annotated[Text, Field(max_length=2_000)]


class LinkShown(TicketShown):
    """A link; `remote_link` is what Jira knows of the case. Key, title and status are empty where
    Jira has not told them yet."""

    case: str
    remote_link: Literal["none", "waiting", "made", "refused"]
    refreshed_at: datetime | None


@router.get("/jira/tickets", response=FoundShown)
def search_jira(request: ApiRequest, q: Annotated[Word, Query(...)]) -> HttpResponse:
    """Open tickets with these words, or the one with this key (J1). Jira slow or absent is no
    error: `problem` says so (J2)."""
    require_searcher(by=request.actor)
    found = search(q)
    items = [
        {"key": one.key, "title": one.title, "status": one.status, "url": one.url}
        for one in found.tickets
    ]
    return answer({"items": items, "problem": found.problem or None})


@router.post("/cases/{number}/jira-links", response={201: LinkShown})
def link_jira(request: ApiRequest, number: CaseNumber, body: TicketLink) -> HttpResponse:
    """Link a ticket with the case; its URL comes into the description (J1)."""
    case = access.get_bare_case(number, by=request.actor)
    ticket = read_ticket(body.ticket)
    link = rule_link_jira(case, ticket=ticket, by=request.actor)
    return answer(shown(link, case.display_number), status=201)


def shown(link: JiraLink, number: str) -> dict[str, Any]:
    """The link as it is answered."""
    return {
        "case": number,
        "key": link.key,
        "title": link.title,
        "status": link.status,
        "url": link.url,
        "remote_link": link.told,
        "refreshed_at": link.refreshed_at,
    }
