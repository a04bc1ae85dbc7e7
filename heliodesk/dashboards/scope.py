"""Which cases a dashboard looks at: range, queue, team and case type, as its address has them (V5).

A part of the address that makes no sense is named, and the rest kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from heliodesk.cases.models import CaseType
from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.dashboards import period
from heliodesk.dashboards.period import Period
from heliodesk.worklists.queries.names import key_of_slug, names, slug_of

MEMBERS, DEPARTMENT = "members", "department"


@dataclass(frozen=True, slots=True)
class Team:
    """The members of a queue, who own cases, or a department, which has assignments."""

    kind: str  # MEMBERS or DEPARTMENT
    key: int
    slug: str
    name: str
    members: tuple[int, ...] = ()

    @property
    def value(self) -> str:
        """As the address has it: `members.homeowner`."""
        return f"{self.kind}.{self.slug}"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at; a value. `queue` and `case_type` are empty where it is all of them."""

    period: Period
    queue: str = ""
    queue_id: int | None = None
    team: Team | None = None
    case_type: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every case is looked at."""
        return not (self.queue or self.team or self.case_type)

    def pairs(self) -> list[tuple[str, str]]:
        """The scope as the address has it."""
        team = self.team.value if self.team else ""
        pairs = [("queue", self.queue), ("team", team), ("type", self.case_type)]
        days = [("range", self.period.name)]
        if self.period.name == "own":
            days += [("from", str(self.period.first)), ("to", str(self.period.last))]
        return [*days, *((name, value) for name, value in pairs if value)]

    def query(self, **more: str) -> str:
        """The query of the scope's address, and `more`."""
        return urlencode([*self.pairs(), *more.items()])

    def within(self, name: str) -> Scope:
        """The same of another range; from – to begins with the days that are shown."""
        shown = self.period
        days = replace(shown, name=name) if name == "own" else period.named(name, clock.today())
        return replace(self, period=days)

    def everything(self) -> Scope:
        """All cases of the same range."""
        return Scope(self.period)

    @property
    def asked(self) -> str:
        """What a statement with the condition begins with: the cases with a department, read once.
        Looked up for each case that comes or goes they cost several times as much."""
        if not self.team or self.team.kind == MEMBERS:
            return ""
        return (
            "WITH asked AS MATERIALIZED (SELECT case_id FROM assignments_caseassignment "
            "WHERE department_id = %(department)s) "
        )

    def condition(self, *, assignments: bool = False) -> tuple[str, dict[str, Any]]:
        """SQL on the case `c`, beginning with AND where there is any, and its values, for a
        statement that begins with `asked`; one on `assignments` asks for them alone, as `a`."""
        parts, values = [], dict[str, Any]()
        if self.queue_id is not None:
            parts.append("c.owner_queue_id = %(queue)s")
            values["queue"] = self.queue_id
        if self.case_type:
            parts.append("c.case_type = %(case_type)s")
            values["case_type"] = self.case_type
        if self.team and self.team.kind == MEMBERS:
            parts.append("c.owner_agent_id = ANY(%(members)s)")
            values["members"] = list(self.team.members)
        elif self.team:
            asked = "c.id IN (SELECT case_id FROM asked)"
            parts.append("a.department_id = %(department)s" if assignments else asked)
            values["department"] = self.team.key
        return "".join(f" AND {part}" for part in parts), values


def read(query: QueryDict, members: Mapping[int, tuple[int, ...]]) -> tuple[Scope, list[Refused]]:
    """The scope in the address, and what in it made no sense; `members` of the queues, by ID."""
    days, said = period.read(query.get("range", ""), query.get("from", ""), query.get("to", ""))
    queue, queue_id = _queue(query.get("queue", ""), said)
    team = _team(query.get("team", ""), members, said)
    if queue and team and team.kind == MEMBERS:
        team = None
        _name(
            said,
            "team",
            "A case that stands in a queue has no agent yet, so queue and members exclude each "
            "other. The team was left out; choose “All queues” to see it.",
        )
    case_type = query.get("type", "")
    if case_type and case_type not in CaseType.values:
        _name(said, "type", f"There is no case type “{case_type}”. Both are shown.")
        case_type = ""
    return Scope(days, queue, queue_id, team, case_type), said


def _queue(slug: str, said: list[Refused]) -> tuple[str, int | None]:
    key = key_of_slug("queue", slug) if slug else None
    if slug and key is None:
        _name(said, "queue", f"There is no queue “{slug}”. All queues are shown.")
    return (slug, key) if key is not None else ("", None)


def _team(value: str, members: Mapping[int, tuple[int, ...]], said: list[Refused]) -> Team | None:
    if not value:
        return None
    kind, _, slug = value.partition(".")
    of = {MEMBERS: "queue", DEPARTMENT: "department"}.get(kind, "")
    key = key_of_slug(of, slug) if of else None
    if key is None:
        _name(said, "team", f"There is no team “{value}”. All teams are shown.")
        return None
    people = members.get(key, ()) if kind == MEMBERS else ()
    name = names(of, key)[key]
    if kind == MEMBERS and not people:
        _name(said, "team", f"“{name}” has no members. All teams are shown.")
        return None
    return Team(kind, key, slug_of(of, key), name, people)


def _name(said: list[Refused], field: str, message: str) -> None:
    said.append(Refused(f"{field}_senseless", message, rule="V5", field=field))
