"""What stands open as sheets: by age and status, by queue, by agent."""

from __future__ import annotations

from collections.abc import Iterable

from heliodesk.cases.models import Status
from heliodesk.core import clock
from heliodesk.dashboards.lists import DUE, OPEN, days, listed, one
from heliodesk.dashboards.queries.flow import Flow
from heliodesk.dashboards.queries.people import Person
from heliodesk.dashboards.queries.standing import AGES, Held, Standing, age_days
from heliodesk.dashboards.scope import MEMBERS, Scope
from heliodesk.dashboards.sheets import Cell, Column, Row, Sheet, length, most, number, share
from heliodesk.list_views.filters import Condition
from heliodesk.worklists.queries.names import names, slug_of

#: The open statuses in the order of their bars, with the tone that they have everywhere.
STATUSES = {
    Status.NEW: ("New", "new"),
    Status.AWAITING_SUPPORT: ("Awaiting Customer Support", "support"),
    Status.INTERNAL_REFERRAL: ("Internal Referral", "referral"),
    Status.AWAITING_CUSTOMER: ("Awaiting Customer Response", "response"),
}
#: How the agents may be sorted, with the place of the figure.
AGENT_ORDERS = {"open": 0, "due": 1, "reviewed": 2, "closed": 3, "logged": 4}
NOBODY = Held()


def ages(scope: Scope, standing: Standing) -> Sheet:
    """Open cases by the days since they were created, and status."""
    rows = []
    for place, (label, (first, last)) in enumerate(zip(AGES, age_days(clock.today()), strict=True)):
        made = [days("created_at", first, last)]
        cells = tuple(
            number(
                standing.ages.get((status.value, place), 0),
                listed(scope, one("status", status.value), *made),
            )
            for status in STATUSES
        )
        rows.append(Row(label, label, cells, listed(scope, OPEN, *made)))
    columns = tuple(Column(name, tone) for name, tone in STATUSES.values())
    return Sheet("ages", "Open by age and status", "Age", columns, tuple(rows), stacked=True)


def queues(scope: Scope, standing: Standing, flow: Flow) -> Sheet:
    """What waits in each queue, since when the oldest, and how many were taken in the range."""
    rows = []
    for key, name in names("queue").items():
        held, slug = standing.queues.get(key, NOBODY), slug_of("queue", key)
        if scope.queue and scope.queue != slug:
            continue
        waiting = number(held.open, listed(scope, OPEN, *_of_queue(scope, slug)))
        oldest = length(clock.now() - held.oldest) if held.oldest else length(None)
        rows.append(Row(name, name, (waiting, oldest, _taken(scope, flow, name))))
    columns = (Column("Waiting", most=most(rows, 0)), Column("Oldest", unit="h"), Column("Taken"))
    return Sheet("queues", "Queues", "Queue", columns, tuple(rows))


def agents(
    scope: Scope, standing: Standing, flow: Flow, people: Iterable[Person], order: str = "-due"
) -> Sheet:
    """Each agent's open cases, those due for review and the share that is not, closed in the
    range, and reviews logged in it."""
    rows = [_agent(scope, key, name, standing, flow) for key, name in _of(scope, people, standing)]
    place = AGENT_ORDERS.get(order.removeprefix("-"))
    rows.sort(key=lambda row: row.label.casefold(), reverse=order == "-name")
    if place is not None:
        # Nobody's discipline is neither good nor bad: without a figure one stands last.
        sign = -1 if order.startswith("-") else 1
        rows.sort(key=lambda row: _rank(row.cells[place].value, sign))
    columns = (
        Column("Open", most=most(rows, 0)),
        Column("Due for review", "due", most=most(rows, 0)),
        Column("Reviewed in time", unit="%"),
        Column("Closed"),
        Column("Reviews logged"),
    )
    return Sheet("agents", "Agents", "Agent", columns, tuple(rows))


def _rank(value: float | None, sign: int) -> tuple[bool, float]:
    return value is None, sign * (value or 0)


def _agent(scope: Scope, key: int, name: str, standing: Standing, flow: Flow) -> Row:
    held, mine = standing.agents.get(key, NOBODY), one("owner_agent", key)
    within = days("closed_at", scope.period.first, scope.period.last)
    cells = (
        number(held.open, listed(scope, OPEN, mine)),
        number(held.due, listed(scope, DUE, mine)),
        share(1 - held.due / held.open if held.open else None),
        number(flow.closers.get(key, 0), listed(scope, one("closed_by", key), within)),
        number(flow.reviewed.get(key, 0)),
    )
    return Row(name, name, cells, f"/people/{key}/")


def _of(scope: Scope, people: Iterable[Person], standing: Standing) -> list[tuple[int, str]]:
    """The agents, and whoever else of Support owns a case: of the team where one is chosen."""
    team = scope.team.members if scope.team and scope.team.kind == MEMBERS else None
    return [
        (person.key, person.name)
        for person in people
        if (person.key in team if team is not None else person.is_agent)
        or person.key in standing.agents
    ]


def _of_queue(scope: Scope, slug: str) -> Iterable[Condition]:
    return () if scope.queue else (one("owner_queue", slug),)


def _taken(scope: Scope, flow: Flow, name: str) -> Cell:
    """Taken cases have gone to agents: no list of open or closed ones says from which queue."""
    return number(flow.taken.get(name, 0))
