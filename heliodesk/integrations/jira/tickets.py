"""Reading what an agent typed or pasted for a ticket: a key, or a URL (J1, J2)."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

from heliodesk.cases.rules.jira_links import ADDRESS, Ticket
from heliodesk.core.refusal import Refused
from heliodesk.integrations.jira.client import address_of
from heliodesk.integrations.jira.jql import key_in
from heliodesk.integrations.jira.models import JiraSettings, KnownTicket

MOST = 20
#: Where a key stands in the addresses of Jira's pages: after one of these, or as a parameter.
BEFORE_KEY = ("browse", "issues")
PARAMETER = "selectedIssue"


def read_tickets(text: str) -> list[Ticket]:
    """The tickets that are named in `text`, separated by blanks or line breaks, with what is known
    of them. Nothing is sent to Jira.

    Refuses what is neither key nor http(s) URL, a key while no Jira is set up, and too many.
    """
    parts = list(dict.fromkeys(part.rstrip(",;") for part in text.split()))
    if not parts:
        return []
    if len(parts) > MOST:
        raise refused("jira_too_many", f"At most {MOST} tickets are linked at once.")
    settings = JiraSettings.in_use()
    named = {part: named_by(part, settings) for part in parts}
    known = known_tickets([key for key in named.values() if key], settings)
    return [
        known.get(key) or ticket_of(key, settings)
        if key and settings
        else Ticket(url=part, key=key_in_url(part))
        for part, key in named.items()
    ]


def read_ticket(text: str) -> Ticket:
    """The one ticket that is named in `text`; refuses as `read_tickets`, and none or several."""
    found = read_tickets(text)
    if len(found) != 1:
        raise refused("jira_one_ticket", "Name one ticket, by its key or its URL.")
    return found[0]


def is_named(part: str) -> bool:
    """True for a key or a URL, false for a word to look for."""
    return bool(key_in(part) or ADDRESS.fullmatch(part))


def named_by(part: str, settings: JiraSettings | None) -> str:
    """The key of a ticket of the Jira that is set up; empty for a URL of anything else."""
    if key := key_in(part):
        if settings is None:
            raise refused(
                "jira_not_set_up",
                f"No Jira is set up, so paste the URL of {key} instead of its key.",
            )
        return key
    if not ADDRESS.fullmatch(part):
        raise refused(
            "jira_not_an_address",
            f"“{part[:80]}” is neither a ticket's key nor an http:// or https:// address. "
            "Paste the ticket's URL.",
        )
    return key_of(part, settings) if settings else ""


def key_of(url: str, settings: JiraSettings) -> str:
    """The key of the ticket that a page of this Jira shows; empty for any other address."""
    try:
        own, given = urlsplit(settings.base_url), urlsplit(url)
        same = (own.hostname, own.port) == (given.hostname, given.port)
    except ValueError:
        return ""
    return key_in_url(url) if same and given.path.startswith(own.path) else ""


def key_in_url(url: str) -> str:
    """The key of a ticket in an address that looks like one of some Jira's pages."""
    try:
        given = urlsplit(url)
        chosen = parse_qs(given.query).get(PARAMETER, [""])[-1]
    except ValueError:
        return ""
    after = [two for one, two in pairwise(given.path.split("/")) if one in BEFORE_KEY]
    return key_in(chosen) or next(filter(None, map(key_in, after)), "")


def known_tickets(keys: list[str], settings: JiraSettings | None) -> dict[str, Ticket]:
    """What Jira told last of those tickets, by their keys. One statement."""
    if not keys or settings is None:
        return {}
    found = KnownTicket.objects.filter(key__in=keys)
    return {one.key: ticket_of(one.key, settings, one) for one in found}


def ticket_of(key: str, settings: JiraSettings, known: KnownTicket | None = None) -> Ticket:
    """The ticket with this key, which Jira tells more of in the background where it is new."""
    ticket = Ticket(url=address_of(settings, key), key=key, told=True)
    if known is None:
        return ticket
    return Ticket(
        url=ticket.url,
        key=key,
        issue_id=known.issue_id,
        title=known.title,
        status=known.status,
        is_done=known.is_done,
        read_at=known.read_at,
        told=True,
    )


def refused(code: str, message: str) -> Refused:
    """What is said of what was typed."""
    return Refused(code, message, rule="J2", field="ticket")
