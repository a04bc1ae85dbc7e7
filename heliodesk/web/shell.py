"""What the frame around every page shows: the person, the rail, the bell."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest

from heliodesk.people.access import Actor
from heliodesk.people.models import Role


@dataclass(frozen=True)
class RailEntry:
    """One place on the left rail; `name` is what a page names in its block `rail`."""

    name: str
    label: str
    icon: str
    url: str
    key: str = ""


@dataclass(frozen=True)
class QueueEntry:
    """A queue of the person, with the number of cases waiting in it."""

    name: str
    url: str
    count: int


@dataclass(frozen=True)
class Desk:
    """The frame's data for one person; empty for somebody not signed in."""

    person: str = ""
    initials: str = ""
    role: str = ""
    unread: int = 0
    queues: list[QueueEntry] = field(default_factory=list)
    rail: list[RailEntry] = field(default_factory=list)
    may_record: bool = False
    may_set_up: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether there is a person at the desk."""
        return bool(self.person)


RAIL = [
    RailEntry("desk", "My desk", "sun", "/", key="d"),
    RailEntry("queues", "Queues", "inbox", "/queues/", key="q"),
    RailEntry("accounts", "Accounts", "building-2", "/accounts/", key="a"),
    RailEntry("contracts", "Contracts", "file-text", "/contracts/", key="c"),
]


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name, in capitals."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()


def desk(request: HttpRequest) -> Desk:
    """The frame for the request's person; asks the database nothing."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return Desk()
    return Desk(
        person=actor.name,
        initials=initials(actor.name),
        role=Role(actor.role).label,
        rail=RAIL if actor.is_support else RAIL[:1],
        may_record=actor.is_support,
        may_set_up=actor.is_administrator,
    )


def theme(request: HttpRequest) -> str:
    """The colour scheme chosen by hand, "light" or "dark"; "" follows the system."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""
