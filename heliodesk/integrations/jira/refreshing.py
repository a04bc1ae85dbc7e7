"""Reading linked tickets anew, in the background (J1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heliodesk.cases.models import JiraLink
from heliodesk.cases.rules.jira_links import Ticket
from heliodesk.integrations.jira import client
from heliodesk.integrations.jira.client import Jira
from heliodesk.integrations.jira.models import JiraSettings
from heliodesk.integrations.jira.problems import NotThere, Problem
from heliodesk.integrations.jira.rules.refreshing import refresh_link, stale_links
from heliodesk.people.access import SYSTEM

A_RUN = 500  # links
ONE_BY_ONE = 20  # of those whose ID is not known yet: a request each


def refresh(case_id: int | None = None) -> int:
    """Read the tickets of links that are old, until Jira wants to be left alone; gives how many
    links were brought up to date."""
    kept = JiraSettings.in_use()
    if kept is None:
        return 0
    jira = Jira(kept)
    links = list(stale_links(case_id).select_related("case")[:A_RUN])
    known = [link for link in links if link.issue_id]
    unknown = [link for link in links if not link.issue_id]
    count = 0
    try:
        for link, ticket in (*_one_by_one(jira, unknown[:ONE_BY_ONE]), *_together(jira, known)):
            refresh_link(link, ticket, by=SYSTEM)
            count += 1
    except Problem as problem:
        if problem.until is None:  # not one that passes by itself
            raise
    return count


def _one_by_one(jira: Jira, links: Sequence[JiraLink]) -> Iterator[tuple[JiraLink, Ticket | None]]:
    for link in links:
        try:
            yield link, jira.ticket(link.key)
        except NotThere:
            yield link, None


def _together(jira: Jira, links: Sequence[JiraLink]) -> Iterator[tuple[JiraLink, Ticket | None]]:
    for start in range(0, len(links), client.AT_ONCE):
        part = links[start : start + client.AT_ONCE]
        ids = list(dict.fromkeys(link.issue_id for link in part))
        found = {ticket.issue_id: ticket for ticket in jira.tickets(ids)}
        yield from ((link, found.get(link.issue_id)) for link in part)
