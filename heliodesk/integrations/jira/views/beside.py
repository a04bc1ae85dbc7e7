"""What the forms of a new case need of Jira (J1, J2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from heliodesk.cases.rules.jira_links import Ticket
from heliodesk.core.refusal import Refused
from heliodesk.integrations.jira.access import require_searcher
from heliodesk.integrations.jira.jql import KEY
from heliodesk.integrations.jira.searching import Found, search
from heliodesk.integrations.jira.tickets import is_named, read_tickets
from heliodesk.web.requests import DeskRequest

AGAIN = "again"  # the button that shows the form anew; its value says what for
SEARCH = "jira"


@dataclass(frozen=True, slots=True)
class Beside:
    """The tickets that were chosen, and, without JavaScript, those that were found."""

    is_set_up: bool
    chosen: list[Ticket] = field(default_factory=list)
    found: Found | None = None


def beside(request: DeskRequest, typed: str, *, is_set_up: bool) -> Beside:
    """What stands beside the field with `typed` in it. No statement while nothing is; Jira itself
    is asked only where the button for it was pressed."""
    if not typed:
        return Beside(is_set_up)
    named, words = split(typed)
    found = None
    if request.POST.get(AGAIN) == SEARCH:
        require_searcher(by=request.actor)
        found = search(" ".join(words)) if words else Found(problem="Type words to look for.")
    try:
        chosen = read_tickets(" ".join(named))
    except Refused:  # it is said at the field, when the form is sent
        chosen = []
    return Beside(is_set_up, chosen, found)


def with_added(request: DeskRequest, typed: str) -> str:
    """What was typed, with the ticket of the button that was pressed in place of the words."""
    key = request.POST.get(AGAIN, "")
    if not KEY.fullmatch(key):
        return typed
    return "\n".join(dict.fromkeys([*split(typed)[0], key]))


def split(typed: str) -> tuple[list[str], list[str]]:
    """Keys and URLs, and the words that are neither."""
    parts = typed.split()
    return [one for one in parts if is_named(one)], [one for one in parts if not is_named(one)]
