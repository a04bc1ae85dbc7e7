"""Searching Jira's open tickets while an agent types (J1), without Jira ever being felt (J2).

Called by views, outside of any transaction: it may take as long as `client.SOON`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from threading import BoundedSemaphore

from django.core.cache import cache

from heliodesk.cases.rules.jira_links import Ticket
from heliodesk.core import clock
from heliodesk.integrations.jira import jql
from heliodesk.integrations.jira.client import SOON, Jira
from heliodesk.integrations.jira.models import JiraSettings, KnownTicket
from heliodesk.integrations.jira.problems import NotAllowed, NotTaken, NotThere, Problem
from heliodesk.integrations.jira.tickets import known_tickets, named_by

SHOWN = 10
SHORTEST = 2  # characters
FRESH = 60  # seconds for which the same question is not asked again
PASTE = "Paste the ticket's URL instead: the case is saved all the same."
#: Of the threads that serve pages, as many as may wait for Jira at once.
WAITING = BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Found:
    """Open tickets, an exact key first; `problem` says why there are none, or not all."""

    tickets: list[Ticket] = field(default_factory=list)
    problem: str = ""


def search(typed: str) -> Found:
    """The open tickets for what was typed: a key, the URL of one of Jira's pages, or words."""
    typed = typed.strip()[:200].replace("\x00", "")
    settings = JiraSettings.in_use()
    if settings is None:
        return Found(problem=f"No Jira is set up. {PASTE}")
    if len(typed) < SHORTEST:
        return Found()
    place = _place(settings, typed)
    kept = cache.get(place)
    if kept is not None:
        known = known_tickets(kept, settings)
        return Found([known[key] for key in kept if key in known])
    if not WAITING.acquire(blocking=False):
        return Found(problem=f"Jira is slow just now. Type on, or: {PASTE}")
    try:
        found = ask(Jira(settings, timeout=SOON), typed)
    except Problem as problem:
        return Found(problem=f"{problem.reason}. {PASTE}")
    finally:
        WAITING.release()
    remember(found.tickets)
    if not found.problem:
        cache.set(place, [ticket.key for ticket in found.tickets], FRESH)
    return found


def ask(jira: Jira, typed: str) -> Found:
    """The ticket of that key, where it is open; else what the words find."""
    key = key_typed(typed, jira.settings)
    if key:
        return exact(jira, key)
    words = jql.words_in(typed)
    if not words:
        return Found()
    query = jql.open_with(words, jira.settings.project_keys)
    return Found(jira.search(query, most=SHOWN))


def exact(jira: Jira, key: str) -> Found:
    """The ticket with this key, with a word about one that is not offered."""
    try:
        ticket = jira.ticket(key)
    except (NotThere, NotAllowed, NotTaken):
        return Found(problem=f"Jira shows no ticket {key} to the desk.")
    projects = jira.settings.project_keys
    if projects and ticket.key.rpartition("-")[0] not in projects:
        return Found(problem=f"{ticket.key} is of a project that the desk does not search. {PASTE}")
    if ticket.is_done:
        done = f"{ticket.key} is done in Jira ({ticket.status}): only open tickets are offered"
        return Found(problem=f"{done}. {PASTE}")
    return Found([ticket])


def key_typed(typed: str, settings: JiraSettings) -> str:
    """The key in what was typed: the key itself, or in a URL of Jira's."""
    if key := jql.key_in(typed):
        return key
    return named_by(typed, settings) if "://" in typed and " " not in typed else ""


def remember(tickets: list[Ticket]) -> None:
    """Keep what Jira told of the tickets, so that a link to one has it at once. One statement."""
    now = clock.now()
    rows = [
        KnownTicket(
            key=ticket.key,
            issue_id=ticket.issue_id,
            title=ticket.title,
            status=ticket.status,
            is_done=ticket.is_done,
            read_at=now,
        )
        for ticket in {ticket.key: ticket for ticket in tickets}.values()
    ]
    KnownTicket.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["issue_id", "title", "status", "is_done", "read_at"],
    )


def _place(settings: JiraSettings, typed: str) -> str:
    """The cache's name for a question to this Jira as it is set up now."""
    asked = f"{settings.changed_at.isoformat()} {typed.lower()}"
    return f"jira/found/{hashlib.sha256(asked.encode()).hexdigest()}"
