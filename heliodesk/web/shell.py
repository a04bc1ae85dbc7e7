"""What the frame around every page shows: the person, the rail, the bell."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from heliodesk.assignments.queries.department_list import Asked
from heliodesk.people.access import Actor
from heliodesk.people.models import Role
from heliodesk.worklists.queries.names import names, slug_of
from heliodesk.worklists.queries.waiting import Counts, Waiting, counts


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
    """A queue of the person, with what waits in it; `short` is the part of the name behind the
    dash, where it has one."""

    name: str
    url: str
    waiting: Waiting

    @property
    def short(self) -> str:
        """The name for narrow places: `Homeowner` of `Back Office Task Queue – Homeowner`."""
        return self.name.rpartition("–")[2].strip()


@dataclass(frozen=True)
class DepartmentEntry:
    """A department of the person, with what stands with it."""

    name: str
    url: str
    asked: Asked


@dataclass(frozen=True)
class PinnedEntry:
    """A list view in the person's rail (V3)."""

    key: int
    name: str
    url: str


@dataclass(frozen=True)
class Desk:
    """The frame's data for one person; empty for somebody not signed in. A value: what is rendered
    from it is kept by it."""

    person: str = ""
    person_id: int = 0
    initials: str = ""
    role: str = ""
    unread: int = 0
    queues: tuple[QueueEntry, ...] = ()
    departments: tuple[DepartmentEntry, ...] = ()
    pinned: tuple[PinnedEntry, ...] = ()
    rail: tuple[RailEntry, ...] = ()
    may_record: bool = False
    may_set_up: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether there is a person at the desk."""
        return bool(self.person)


DESK = RailEntry("desk", "My desk", "sun", "/", key="d")
ASSIGNMENTS = RailEntry("assignments", "My assignments", "send", "/assignments/", key="m")
DEPARTMENTS = RailEntry("departments", "Departments", "users", "/departments/", key="p")
LIST_VIEWS = RailEntry("list_views", "List views", "list-filter", "/list-views/", key="l")
DASHBOARDS = RailEntry("dashboards", "Dashboards", "chart-column", "/dashboards/team/", key="t")
RAIL = (
    DESK,
    RailEntry("queues", "Queues", "inbox", "/queues/", key="q"),
    DEPARTMENTS,
    LIST_VIEWS,
    RailEntry("accounts", "Accounts", "building-2", "/accounts/", key="a"),
    RailEntry("contracts", "Contracts", "file-text", "/contracts/", key="c"),
)


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name, in capitals."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()


def desk(request: HttpRequest) -> Desk:
    """The frame for the request's person; one statement, for the counts."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return Desk()
    return Desk(
        person=actor.name,
        person_id=actor.person_id,
        initials=initials(actor.name),
        role=Role(actor.role).label,
        unread=counted(request).unread,
        queues=my_queues(request, actor),
        departments=my_departments(request, actor),
        pinned=tuple(
            PinnedEntry(key, name, f"/cases/?view={key}")
            for key, name in counted(request).pinned.items()
        ),
        rail=rail_of(actor),
        may_record=actor.is_support,
        may_set_up=actor.is_administrator,
    )


def rail_of(actor: Actor) -> tuple[RailEntry, ...]:
    """The places of the desk that are for the person: Support's; of a department its own."""
    mine = (ASSIGNMENTS,) if actor.department_ids else ()
    if actor.is_support:
        own = (DASHBOARDS,) if actor.is_supervisor else ()
        return (RAIL[0], *mine, *RAIL[1:], *own)
    return (DESK, *mine, DEPARTMENTS, LIST_VIEWS) if mine else (DESK, LIST_VIEWS)


def counted(request: HttpRequest, *, list_name: str = "") -> Counts:
    """Unread notices, what waits in queues and departments, and the pinned views, read once a
    request; with the layout of a list where the page asks first, and names it."""
    found: Counts | None = getattr(request, "_counts", None)
    if found is None:
        found = counts(request.actor, list_name=list_name)  # type: ignore[attr-defined]  # a DeskRequest
        request._counts = found  # type: ignore[attr-defined]  # for this request alone
    return found


def my_queues(request: HttpRequest, actor: Actor) -> tuple[QueueEntry, ...]:
    """The queues that the person works, in their order, with what waits."""
    waiting = counted(request).queues
    return tuple(
        QueueEntry(name, f"/queues/{slug_of('queue', key)}/", waiting[key])
        for key, name in names("queue", *actor.queue_ids).items()
        if key in actor.queue_ids and key in waiting
    )


def my_departments(request: HttpRequest, actor: Actor) -> tuple[DepartmentEntry, ...]:
    """The departments that the person belongs to, in their order, with what stands with them."""
    standing = counted(request).departments
    return tuple(
        DepartmentEntry(name, f"/departments/{slug_of('department', key)}/", standing[key])
        for key, name in names("department", *actor.department_ids).items()
        if key in standing
    )


def theme(request: HttpRequest) -> str:
    """The colour scheme chosen by hand, "light" or "dark"; "" follows the system."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""
