"""What comes and goes as sheets: created and closed, the backlog, reasons and request types."""

from __future__ import annotations

from heliodesk.dashboards.lists import days, filter_of, listed, one
from heliodesk.dashboards.period import DAY
from heliodesk.dashboards.queries.flow import Flow
from heliodesk.dashboards.scope import Scope
from heliodesk.dashboards.sheets import Cell, Column, Row, Sheet, most, number
from heliodesk.list_views.filters import Filter, Group, address
from heliodesk.worklists.queries.names import names


def created_and_closed(scope: Scope, flow: Flow) -> Sheet:
    """Created and closed for each step of the range; closed as the cases say now, so that one
    that was closed and reopened counts when it is closed again."""
    rows = tuple(
        Row(
            step.label,
            step.words,
            (
                number(
                    flow.created[place],
                    listed(scope, days("created_at", step.first, step.last)),
                ),
                number(
                    flow.closed[place],
                    listed(scope, days("closed_at", step.first, step.last)),
                ),
            ),
            day=str(step.first),
        )
        for place, step in enumerate(scope.period.steps, 1)
    )
    columns = (Column("Created", "created"), Column("Closed", "closed"))
    return Sheet("flow", "Created and closed", _each(scope), columns, rows)


def backlog(scope: Scope, flow: Flow, standing: int) -> Sheet:
    """How many were open at the end of each step: what stands open now, without what was created
    since, and with what was closed since."""
    steps, rows = scope.period.steps, []
    count = standing
    for place in range(len(steps), 0, -1):
        count += flow.closed[place + 1] - flow.created[place + 1]
        step = steps[place - 1]
        groups = [
            Group("all", (days("created_at", None, step.last),)),
            Group("any", (one("open", "yes"), days("closed_at", step.last + DAY, None))),
        ]
        found = Filter((*filter_of(scope).groups, *groups))
        cells = (number(count, address(found)),)
        rows.append(Row(step.label, step.words, cells, day=str(step.last)))
    each = _each(scope)
    columns = (Column(f"open at the end of the {each.lower()}", "open"),)
    title = f"Open at the end of each {each.lower()}"
    return Sheet("backlog", title, each, columns, tuple(rows[::-1]))


def reasons(scope: Scope, flow: Flow) -> Sheet:
    """What the cases of the range were closed for."""
    within = days("closed_at", scope.period.first, scope.period.last)
    named = names("closed reason", *flow.reasons)
    rows = [
        _line(named[key], number(count, listed(scope, within, one("closed_reason", key))))
        for key, count in flow.reasons.items()
    ]
    return _ranked("reasons", "Closed Reasons", "Closed Reason", "Closed", rows)


def request_types(scope: Scope, flow: Flow) -> Sheet:
    """What the cases created in the range were about."""
    within = days("created_at", scope.period.first, scope.period.last)
    named = names("type", *flow.types)
    rows = [
        _line(named[key], number(count, listed(scope, within, one("request_type", key))))
        for key, count in flow.types.items()
    ]
    return _ranked("types", "Request types", "Customer Request Type", "Created", rows)


def _ranked(key: str, title: str, of: str, counted: str, rows: list[Row]) -> Sheet:
    """The rows with the most first."""
    rows.sort(key=lambda row: (-(row.cells[0].value or 0), row.label))
    column = Column(counted, most=most(rows, 0))
    return Sheet(key, title, of, (column,), tuple(rows))


def _line(label: str, cell: Cell) -> Row:
    return Row(label, label, (cell,))


def _each(scope: Scope) -> str:
    """What a step is called."""
    steps = scope.period.steps
    return "Week" if any(step.first != step.last for step in steps) else "Day"
