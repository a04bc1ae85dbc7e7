"""The team dashboard's page (V5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from heliodesk.cases.models import CaseType
from heliodesk.core.refusal import NotPermitted
from heliodesk.dashboards.charts import drawing
from heliodesk.dashboards.figures.standing import AGENT_ORDERS
from heliodesk.dashboards.figures.team import USUAL_ORDER, Dashboard, team
from heliodesk.dashboards.period import RANGES
from heliodesk.dashboards.scope import DEPARTMENT, MEMBERS
from heliodesk.people.access import Actor
from heliodesk.web.requests import DeskRequest
from heliodesk.worklists.queries.names import names, slug_of

TABLES = {"as": "table"}
#: How each is drawn, and how wide and high.
CHARTS: dict[str, tuple[Callable[..., Markup], int, int]] = {
    "flow": (drawing.bars, 720, 250),
    "ages": (drawing.stacks, 500, 250),
    "backlog": (drawing.line, 720, 220),
}


@require_safe
def team_dashboard(request: DeskRequest) -> HttpResponse:
    """How the team does: charts and tables, each figure leading to the cases behind it."""
    require_supervisor(by=request.actor)
    shown = team(request.GET)
    tables = request.GET.get("as") == TABLES["as"]
    context: dict[str, Any] = {
        "board": shown,
        "tables": tables,
        "drawings": drawings(shown, tables=tables),
        "orders": list(zip(AGENT_ORDERS, shown.sheets["agents"].columns, strict=True)),
        "ranges": ranges(shown, tables=tables),
        "choices": choices(),
        "types": CaseType.choices,
        "here": reverse("team_dashboard"),
        "query": queries(shown, tables=tables),
    }
    return render(request, "dashboards/team.html", context)


def drawings(shown: Dashboard, *, tables: bool) -> dict[str, Markup | str]:
    """The charts, in the sizes that they have on a wide screen; none beside tables."""
    found: dict[str, Markup | str] = {}
    for key, (draw, width, height) in CHARTS.items():
        sheet = shown.sheets[key]
        found[key] = "" if tables or sheet.is_empty else draw(sheet, width, height)
    return found


def require_supervisor(*, by: Actor) -> None:
    """Refuse for everybody but supervisors and administrators: it shows how each agent does."""
    if not by.is_supervisor:
        raise NotPermitted(
            "not_a_supervisor",
            "The team dashboard is for supervisors. Your own cases, and what to do next, stand on "
            "My desk; what waits for everybody stands under Queues.",
            rule="V5",
        )


def queries(shown: Dashboard, *, tables: bool) -> dict[str, str]:
    """The queries of the page's own addresses: with charts, with tables, sorted anew."""
    scope = shown.scope
    sort = {"sort": shown.order} if shown.order != USUAL_ORDER else {}
    return {
        "charts": scope.query(**sort),
        "tables": scope.query(**sort, **TABLES),
        "sort": scope.query(**(TABLES if tables else {})),
    }


def ranges(shown: Dashboard, *, tables: bool) -> list[tuple[str, str, bool]]:
    """The ranges, each with its address, and whether it is the one that is shown."""
    mode = TABLES if tables else {}
    return [
        (label, f"?{shown.scope.within(name).query(**mode)}", name == shown.scope.period.name)
        for name, label in RANGES.items()
    ]


def choices() -> dict[str, list[tuple[str, str]]]:
    """What queue and team may be, each with its value in the address."""
    queues = [(slug_of("queue", key), name) for key, name in names("queue").items()]
    departments = [(slug_of("department", key), name) for key, name in names("department").items()]
    return {
        "queues": queues,
        "members": [(f"{MEMBERS}.{slug}", name) for slug, name in queues],
        "departments": [(f"{DEPARTMENT}.{slug}", name) for slug, name in departments],
    }
