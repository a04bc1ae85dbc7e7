"""The dashboard's figures as CSV: those of one chart, or all of them (V5)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from heliodesk.core import clock
from heliodesk.core.refusal import NotFound
from heliodesk.dashboards.figures.team import Dashboard, team
from heliodesk.dashboards.sheets import Cell, Column, Sheet
from heliodesk.dashboards.views.team import require_supervisor
from heliodesk.web.requests import DeskRequest

#: What a spreadsheet takes for a formula when a cell begins with it.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"  # without it spreadsheets read UTF-8 as something else


@require_safe
def team_csv(request: DeskRequest) -> HttpResponse:
    """Every figure of the dashboard, one a line."""
    require_supervisor(by=request.actor)
    board = team(request.GET)
    return _file(board, "dashboard", _lines(board))


@require_safe
def sheet_csv(request: DeskRequest, key: str) -> HttpResponse:
    """The figures of one chart, as the table beneath it has them."""
    require_supervisor(by=request.actor)
    board = team(request.GET)
    if key not in board.sheets:
        raise NotFound("no_such_chart", f"There is no chart “{key}” to export.", rule="V5")
    return _file(board, key, _table(board.sheets[key]))


def _table(sheet: Sheet) -> Iterable[Iterable[object]]:
    yield [sheet.of, *(_heading(column) for column in sheet.columns)]
    for row in sheet.rows:
        yield [row.day or row.words, *(_value(cell) for cell in row.cells)]


def _lines(board: Dashboard) -> Iterable[Iterable[object]]:
    yield ["Chart", "Of", "Figure", "Value"]
    for tile in board.tiles:
        yield ["Now", "", tile.label, tile.count]
    for sheet in board.sheets.values():
        for row in sheet.rows:
            for column, cell in zip(sheet.columns, row.cells, strict=True):
                yield [sheet.title, row.day or row.words, _heading(column), _value(cell)]


def _heading(column: Column) -> str:
    return f"{column.name} ({column.unit})" if column.unit else column.name


def _value(cell: Cell) -> object:
    return "" if cell.value is None else cell.value


def _file(board: Dashboard, name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """The file; its name says the range, its last line when the figures were read."""
    text = StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([harmless(value) for value in row])
    at = f"{clock.local(board.at):%Y-%m-%d %H:%M %Z}"
    days = board.scope.period
    writer.writerow([])
    writer.writerow([f"{days.first} to {days.last}", f"as of {at}"])
    answer = HttpResponse(BOM + text.getvalue(), content_type="text/csv; charset=utf-8")
    file = f"heliodesk-{name}-{days.first}-{days.last}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer


def harmless(value: object) -> object:
    """The value, as a text where a spreadsheet would run it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
