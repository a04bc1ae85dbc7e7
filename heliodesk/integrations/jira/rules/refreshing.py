"""Titles and statuses of linked tickets, kept as Jira has them (J1, X6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import F, Q, QuerySet

from heliodesk.cases import access
from heliodesk.cases.models import JiraLink, RemoteLink, Status
from heliodesk.cases.rules.jira_links import Ticket
from heliodesk.core import audit, clock
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor

OLD = timedelta(minutes=15)
GONE = "Jira has no such ticket any more, or does not show it to the desk"


def stale_links(case_id: int | None = None) -> QuerySet[JiraLink]:
    """The links of open cases whose tickets were read long ago, or never; the longest first. Of
    one case, where that is given."""
    links = JiraLink.objects.filter(removed_at=None).exclude(told=RemoteLink.NONE).exclude(key="")
    links = links.exclude(case__status=Status.CLOSED)
    if case_id is not None:
        links = links.filter(case=case_id)
    old = Q(refreshed_at=None) | Q(refreshed_at__lt=clock.now() - OLD)
    return links.filter(old).order_by(F("refreshed_at").asc(nulls_first=True), "pk")


@rule("J1", "C3", "X6", "K4")
def refresh_link(link: JiraLink, ticket: Ticket | None, *, by: Actor) -> JiraLink:
    """Keep what Jira said of the link's ticket; None where it does not show it any more.

    Another status stands in the case's feed; the case itself stays as it is (S4).
    """
    case = access.lock(link.case)
    link = JiraLink.objects.select_for_update().get(pk=link.pk)
    before, was_read = _shown(link), link.title != "" or link.refreshed_at is not None
    link.refreshed_at = clock.now()
    link.refresh_problem = "" if ticket else GONE
    if ticket is not None:
        link.key, link.issue_id, link.title = ticket.key, ticket.issue_id, ticket.title
        old, link.status, link.is_done = link.status, ticket.status, ticket.is_done
        if was_read and old and old != link.status:
            record(case, kinds.JIRA_STATUS, ticket=link.key, old=old, new=link.status, by=by)
    link.save(
        update_fields=[
            "key", "issue_id", "title", "status", "is_done", "refreshed_at", "refresh_problem",
        ]
    )  # fmt: skip
    changes = _differences(before, _shown(link))
    if changes:
        audit.note("jira_ticket_read", "case", case.pk, changes=changes, by=by)
    return link


def _shown(link: JiraLink) -> dict[str, str]:
    return {
        "ticket": str(link),
        "title": link.title,
        "status": link.status,
        "problem": link.refresh_problem,
    }


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, list[str]]:
    return {name: [old[name], new[name]] for name in new if old[name] != new[name]}
