"""The pages of the set-up: the index and the list at the side of each read them from here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from heliodesk.core.addresses import address


@dataclass(frozen=True)
class Page:
    """A page of the set-up: the name of its route, and a line that says what one does there."""

    title: str
    route: str
    line: str

    @property
    def url(self) -> str:
        """Its address."""
        return address(self.route)


@dataclass(frozen=True)
class Group:
    """Pages that belong together, under a heading."""

    title: str
    pages: tuple[Page, ...]


PEOPLE = Group(
    "People",
    (
        Page(
            "People",
            "set_up_people",
            "Who signs in, in which role; invitations, passwords, deactivation.",
        ),
        Page("Queues", "set_up_queues", "What waits for whoever comes next, and who works it."),
        Page(
            "Departments",
            "set_up_departments",
            "Teams outside Support: members, topics, follow-up contacts, how each works.",
        ),
    ),
)

CASES = Group(
    "Cases",
    (
        Page(
            "Request types",
            "request_types",
            "What customers ask for, with subtypes, and the SOP of each.",
        ),
        Page("Case sources", "case_sources", "How customers reach Support."),
        Page(
            "Referral reasons",
            "referral_reasons",
            "What each department is asked for in a case assignment.",
        ),
        Page("Closed Reasons", "closed_reasons", "With what cases are closed."),
        Page(
            "Quick texts",
            "quick_texts",
            "Texts used often, shared with the whole desk, with the case's facts filled in.",
        ),
    ),
)

DESK = Group(
    "Desk",
    (
        Page(
            "Signing in",
            "single_sign_on",
            "The company's own sign-in instead of passwords, and who needs a second factor.",
        ),
        Page(
            "Desk settings",
            "desk_settings",
            "Reviews, reopening, follow-ups, escalations, files, the daily digest, exports.",
        ),
        Page(
            "Import the directory",
            "set_up_import",
            "Accounts, contacts and contracts from CSV files, shown before anything changes.",
        ),
        Page(
            "Personal data",
            "retention",
            "How long the desk keeps who its homeowners were, and whose time is over.",
        ),
    ),
)


INTEGRATIONS = Group(
    "Integrations",
    (
        Page("Jira", "jira_set_up", "Where agents find tickets to link with cases."),
        Page(
            "Tokens of services",
            "service_tokens",
            "By which other programs come in: what each may, and until when.",
        ),
        Page(
            "Engine",
            "engine_settings",
            "The job system: its address, and whether it takes the comments of cases.",
        ),
        Page(
            "Webhooks",
            "webhooks",
            "Other programs are told what happens to cases: which, of what, and whether it got "
            "through.",
        ),
    ),
)

RECORD = Group(
    "Record",
    (
        Page(
            "Record of changes",
            "record_of_changes",
            "Who did what, when, from where. Nobody can edit it.",
        ),
        Page(
            "Background work",
            "background_jobs",
            "What the desk does by itself: what waits, what failed, and trying it again.",
        ),
    ),
)

GROUPS = (PEOPLE, CASES, DESK, INTEGRATIONS, RECORD)


@cache
def groups() -> tuple[Group, ...]:
    """The groups that have pages, in order."""
    return tuple(group for group in GROUPS if group.pages)


def pages() -> Iterator[Page]:
    """All of them."""
    for group in GROUPS:
        yield from group.pages


def current(path: str) -> str:
    """The route of the page that an address belongs to, such as that of a form below it; "" for
    none. Of two that fit the longer one is it."""
    fitting = [page for page in pages() if path.startswith(page.url)]
    return max(fitting, key=lambda page: len(page.url)).route if fitting else ""
