"""The team dashboard (V5): everything that it shows, read in five statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.dashboards import scope as scopes
from heliodesk.dashboards.figures import coming, services
from heliodesk.dashboards.figures import standing as standing_sheets
from heliodesk.dashboards.figures.tiles import Tile, tiles
from heliodesk.dashboards.queries import people
from heliodesk.dashboards.queries.departments import departments
from heliodesk.dashboards.queries.flow import flow
from heliodesk.dashboards.queries.follow_ups import Unanswered, unanswered
from heliodesk.dashboards.queries.standing import standing
from heliodesk.dashboards.scope import Scope
from heliodesk.dashboards.sheets import Sheet

USUAL_ORDER = "-due"


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The figures at the moment `at`; `said` is what in the address made no sense."""

    scope: Scope
    at: datetime
    tiles: tuple[Tile, ...]
    sheets: dict[str, Sheet]
    follow_ups: Unanswered
    order: str
    said: list[Refused]


def team(query: QueryDict) -> Dashboard:
    """The dashboard that the address asks for."""
    at, support = clock.now(), people.support()
    scope, said = scopes.read(query, people.members(support))
    order = _order(query.get("sort", ""), said)
    now, moved = standing(scope), flow(scope)
    asked, waiting = departments(scope), unanswered(scope)
    sheets = (
        coming.created_and_closed(scope, moved),
        coming.backlog(scope, moved, now.all.open),
        standing_sheets.ages(scope, now),
        standing_sheets.queues(scope, now, moved),
        standing_sheets.agents(scope, now, moved, support, order),
        services.departments(scope, asked),
        coming.reasons(scope, moved),
        coming.request_types(scope, moved),
    )
    return Dashboard(
        scope=scope,
        at=at,
        tiles=tiles(scope, now, moved, asked, waiting),
        sheets={sheet.key: sheet for sheet in sheets},
        follow_ups=waiting,
        order=order,
        said=said,
    )


def _order(asked: str, said: list[Refused]) -> str:
    known = {"name", *standing_sheets.AGENT_ORDERS}
    if not asked or asked.removeprefix("-") in known:
        return asked or USUAL_ORDER
    text = f"Agents cannot be sorted by “{asked}”. Those with the most due for review come first."
    said.append(Refused("sort_unknown", text, rule="V5", field="sort"))
    return USUAL_ORDER
