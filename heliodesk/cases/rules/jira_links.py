"""Linking Jira tickets with a case (J1).

Nothing here speaks with Jira: what it has to be told is written on the links, and a job tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db.models import F, QuerySet

from heliodesk.cases import access
from heliodesk.cases.models import Case, JiraLink, RemoteLink
from heliodesk.core import clock, rows
from heliodesk.core.jobs import defer
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor

TELL_JOB = "heliodesk.integrations.jira.jobs.tell_jira"
REFRESH_JOB = "heliodesk.integrations.jira.jobs.refresh_tickets"
ADDRESS = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
LONGEST_URL = 1000
LONGEST_DESCRIPTION = 50_000


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket to link: its address, and what is known of it. `told` says that it is one of the
    Jira that is set up, which gets a link back to the case."""

    url: str
    key: str = ""
    issue_id: str = ""
    title: str = ""
    status: str = ""
    is_done: bool = False
    read_at: datetime | None = None
    told: bool = False

    @property
    def name(self) -> str:
        """How people call it."""
        return self.key or self.url


@rule("J1", "J2", "K7", "X6")
def link_jira(case: Case, *, ticket: Ticket, by: Actor) -> JiraLink:
    """Link the ticket with the open case, and put its URL into the description; gives the link.

    Refuses for anybody but the owner or a supervisor, on a closed case, an address that is not
    http(s), and a ticket that is linked already. Jira is told in the background.
    """
    case = access.lock(case)
    access.require_edit(case, by=by, to="link a Jira ticket")
    access.require_open(case, to="link a Jira ticket")
    require_address(ticket)
    if JiraLink.objects.filter(case=case, url=ticket.url, removed_at=None).exists():
        raise _refused("jira_linked_already", f"{ticket.name} is linked already.")
    case.description = described(case.description, [ticket.url])
    link = keep_link(case, ticket, at=clock.now(), changed=["description"], by=by)
    _set_to_work(case, [link])
    return link


@rule("J1", "K7", "X6")
def unlink_jira(case: Case, *, link_id: int, by: Actor) -> JiraLink:
    """Take the link away, from the description and from Jira too; gives it.

    Refuses for anybody but the owner or a supervisor, on a closed case, and where there is no
    such link.
    """
    case = access.lock(case)
    access.require_edit(case, by=by, to="take a link to a Jira ticket away")
    access.require_open(case, to="take a link to a Jira ticket away")
    link = JiraLink.objects.filter(case=case, pk=link_id, removed_at=None).first()
    if link is None:
        raise NotFound(
            "jira_link_not_found", "This case has no such link to a Jira ticket.", rule="J1"
        )
    link.removed_at = clock.now()
    link.save(update_fields=["removed_at"])
    case.description = without(case.description, [link.url])
    record(
        case, kinds.JIRA_UNLINKED, changed=["description"], body=link.url, ticket=str(link), by=by
    )
    _tell_anew(case, JiraLink.objects.filter(pk=link.pk))
    return link


def checked_tickets(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Each of the tickets once, for a case that is about to be opened; refuses as `link_jira`."""
    found = {ticket.url: ticket for ticket in tickets}
    for ticket in found.values():
        require_address(ticket)
    return list(found.values())


def keep_links(case: Case, tickets: Sequence[Ticket], *, at: datetime, by: Actor) -> None:
    """The links of a case that has just been opened, whose description names them already."""
    links = [keep_link(case, ticket, at=at, changed=[], by=by) for ticket in tickets]
    _set_to_work(case, links)


def keep_link(
    case: Case, ticket: Ticket, *, at: datetime, changed: list[str], by: Actor
) -> JiraLink:
    """Insert one link, and say so in the feed with the case's fields in `changed`."""
    link = rows.add(
        JiraLink(
            case=case,
            url=ticket.url,
            key=ticket.key,
            issue_id=ticket.issue_id,
            title=ticket.title[:300],
            status=ticket.status[:100],
            is_done=ticket.is_done,
            at=at,
            by_id=by.user_id,
            refreshed_at=ticket.read_at,
            global_id=f"heliodesk-{uuid4()}",
            told=RemoteLink.WAITING if ticket.told else RemoteLink.NONE,
            due_at=at if ticket.told else None,
        )
    )
    record(
        case, kinds.JIRA_LINKED, changed=changed, body=ticket.url, at=at, ticket=ticket.name, by=by
    )
    return link


def tell_of_case(case: Case) -> None:
    """Have Jira told anew of the case in its remote links: it was closed, reopened, or moved
    (J1). One statement where there are none."""
    _tell_anew(case, JiraLink.objects.filter(case=case, removed_at=None))


def described(description: str, urls: Iterable[str]) -> str:
    """The description with the URLs that are not in it yet, each on a line of its own at its end;
    refuses where they do not fit."""
    standing = description.split()
    new = [url for url in urls if url not in standing]
    if not new:
        return description
    text = "\n".join([description, *([] if _ends_in_url(description) else [""]), *new])
    if len(text) > LONGEST_DESCRIPTION:
        raise Refused(
            "too_long",
            f"The Case Description has no room for the URL: at most {LONGEST_DESCRIPTION:,} "
            "characters fit. Shorten it first.",
            rule="J1",
            field="description",
        )
    return text


def without(description: str, urls: Iterable[str]) -> str:
    """The description without the lines that are just one of the URLs."""
    gone = set(urls)
    kept = [line for line in description.split("\n") if line.strip() not in gone]
    return "\n".join(kept).rstrip() or description


def require_address(ticket: Ticket) -> None:
    """Refuse an address that is not http(s), or is longer than any (J2)."""
    if not ADDRESS.fullmatch(ticket.url):
        raise _refused(
            "jira_not_an_address",
            f"“{ticket.url[:80]}” is neither a ticket's key nor an http:// or https:// address. "
            "Paste the ticket's URL.",
        )
    if len(ticket.url) > LONGEST_URL:
        raise _refused("too_long", f"The URL is longer than {LONGEST_URL} characters.")


def _ends_in_url(description: str) -> bool:
    return bool(ADDRESS.fullmatch(description.rsplit("\n", 1)[-1]))


def _set_to_work(case: Case, links: Sequence[JiraLink]) -> None:
    """Have Jira told of new links, and asked for what is not known of them."""
    told = [link for link in links if link.told != RemoteLink.NONE]
    if told:
        defer(TELL_JOB, once=f"{TELL_JOB} {case.pk}")
    if any(link.refreshed_at is None for link in told):
        defer(REFRESH_JOB, once=f"{REFRESH_JOB} {case.pk}", case=case.pk)


def _tell_anew(case: Case, links: QuerySet[JiraLink]) -> None:
    """Those links whose Jira is told at all wait to be told again, from now on."""
    waiting = links.exclude(told=RemoteLink.NONE).update(
        told=RemoteLink.WAITING,
        told_problem="",
        turn=F("turn") + 1,
        attempts=0,
        due_at=clock.now(),
    )
    if waiting:
        defer(TELL_JOB, once=f"{TELL_JOB} {case.pk}")


def _refused(code: str, message: str) -> Refused:
    return Refused(code, message, rule="J2", field="ticket")
