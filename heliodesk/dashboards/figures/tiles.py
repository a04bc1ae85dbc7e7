"""The few numbers that a supervisor looks at first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from heliodesk.cases.models import Status
from heliodesk.core import clock
from heliodesk.dashboards.lists import DUE, OPEN, OVERDUE, OWNED, days, listed
from heliodesk.dashboards.queries.departments import Service, overdue_cases
from heliodesk.dashboards.queries.flow import Flow
from heliodesk.dashboards.queries.follow_ups import Unanswered
from heliodesk.dashboards.queries.standing import Held, Standing
from heliodesk.dashboards.scope import Scope
from heliodesk.list_views.filters import Condition
from heliodesk.web.filters import plural, span

QUEUED = Condition("owner_queue", "empty", ("no",))


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with its name, a word more, and the list or place behind it; `tone` is `late` where
    it presses."""

    label: str
    count: int
    note: str
    url: str
    tone: str = ""


def tiles(
    scope: Scope,
    standing: Standing,
    flow: Flow,
    asked: Mapping[int, Service],
    waiting: Unanswered,
) -> tuple[Tile, ...]:
    """The numbers in their order, the one that presses most first."""
    late = overdue_cases(asked.values())
    referred = standing.of_status(Status.INTERNAL_REFERRAL)
    return (
        _due(scope, standing),
        _queued(scope, standing),
        Tile(
            "Overdue with departments",
            late,
            f"of {referred:,} referred" if referred else "",
            listed(scope, OVERDUE),
            "late" if late else "",
        ),
        Tile(
            "Follow-ups unanswered",
            waiting.count,
            f"{waiting.escalated:,} escalated" if waiting.count else "",
            "#follow-ups" if waiting.count else "",
            "late" if waiting.escalated else "",
        ),
        _open(scope, standing, flow),
        _reopened(scope, flow),
    )


def _due(scope: Scope, standing: Standing) -> Tile:
    owned = Held()
    for held in standing.agents.values():
        owned.open += held.open
        owned.due += held.due
    note = f"{1 - owned.due / owned.open:.0%} reviewed in time" if owned.open else ""
    url = listed(scope, DUE, OWNED, sort="reviewed_at")
    return Tile("Due for review", owned.due, note, url, "late" if owned.due else "")


def _queued(scope: Scope, standing: Standing) -> Tile:
    oldest = [held.oldest for held in standing.queues.values() if held.oldest]
    count = sum(held.open for held in standing.queues.values())
    note = f"oldest {span(clock.now() - min(oldest))}" if oldest else ""
    return Tile("Waiting in queues", count, note, listed(scope, OPEN, QUEUED, sort="created_at"))


def _open(scope: Scope, standing: Standing, flow: Flow) -> Tile:
    steps = len(scope.period.steps)
    change = flow.within(flow.created, steps) - flow.within(flow.closed, steps)
    note = f"{change:+,} in {plural(scope.period.length, 'day')}"
    return Tile("Open cases", standing.all.open, note, listed(scope, OPEN))


def _reopened(scope: Scope, flow: Flow) -> Tile:
    within = days("reopened_at", scope.period.first, scope.period.last)
    closed = flow.within(flow.closed, len(scope.period.steps))
    note = f"of {closed:,} closed in the range" if closed else "in the range"
    return Tile("Reopened", flow.reopened, note, listed(scope, within))
