"""The team on My desk, for supervisors: what to look at first in the morning (V1, V2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from heliodesk.core import clock
from heliodesk.people.models import DeskSettings
from heliodesk.web.requests import DeskRequest
from heliodesk.web.shell import counted
from heliodesk.worklists.queries.names import names, slug_of
from heliodesk.worklists.queries.team import Team, read_team
from heliodesk.worklists.queries.waiting import BOUND, Waiting

PEOPLE = 6
HIGH = "/cases/?all=open:is:yes&all=priority:is:high&all=owner_queue:empty:no&sort=created_at"
DUE = "/cases/?all=due_for_review:is:yes&all=owner_agent:empty:no&sort=created_at"
PASSED = "/cases/?all=open:is:yes&all=follow_up_at:before:{}&sort=follow_up_at"


@dataclass(frozen=True, slots=True)
class TeamTile:
    """A count, in words, and the list that it is of."""

    label: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class TeamQueue:
    """A queue with what waits in it, and how much of that is of high priority."""

    name: str
    url: str
    waiting: Waiting
    high: int


def team_panel(request: DeskRequest, settings: DeskSettings) -> dict[str, Any] | None:
    """What the template needs of the team; None for everybody but supervisors."""
    if not request.actor.is_supervisor:
        return None
    team, waiting = read_team(settings), counted(request).queues
    queues = [
        TeamQueue(name, f"/queues/{slug_of('queue', key)}/", waiting[key], team.high.get(key, 0))
        for key, name in names("queue").items()
        if key in waiting
    ]
    return {
        "tiles": _tiles(team, queues),
        "queues": queues,
        "people": team.people[:PEOPLE],
        "others": max(len(team.people) - PEOPLE, 0),
        "asked": team.asked,
    }


def _tiles(team: Team, queues: list[TeamQueue]) -> list[TeamTile]:
    return [
        TeamTile("Waiting in queues", _sum(*(one.waiting.count for one in queues)), "/queues/"),
        TeamTile("High priority, in a queue", _sum(*team.high.values()), HIGH),
        TeamTile("Due for review, with people", _sum(*(one.due for one in team.people)), DUE),
        TeamTile("Follow-up dates passed", _sum(team.passed), PASSED.format(clock.today())),
        TeamTile(
            "Overdue with departments",
            team.asked.bounded(team.asked.overdue),
            "/departments/?show=overdue",
        ),
    ]


def _sum(*counts: int) -> str:
    """The counts together, with a plus where one of them stopped at the bound."""
    return f"{sum(counts):,}{'+' if any(count >= BOUND for count in counts) else ''}"
