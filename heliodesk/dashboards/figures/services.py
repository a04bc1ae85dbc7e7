"""How the departments do, as a sheet (A4, F4)."""

from __future__ import annotations

from collections.abc import Mapping

from heliodesk.dashboards.lists import listed, one
from heliodesk.dashboards.queries.departments import Service
from heliodesk.dashboards.scope import Scope
from heliodesk.dashboards.sheets import Cell, Column, Row, Sheet, length, most, number, share
from heliodesk.worklists.queries.names import names, slug_of

NONE = (None, None)


def departments(scope: Scope, found: Mapping[int, Service]) -> Sheet:
    """A row for each department which has something."""
    rows = [
        _department(scope, key, name, found[key])
        for key, name in names("department").items()
        if key in found
    ]
    columns = (
        Column("Open cases", most=most(rows, 0)),
        Column("Overdue", "late"),
        Column("To accept, median", unit="h"),
        Column("To accept, nine in ten", unit="h"),
        Column("To finish, median", unit="h"),
        Column("To finish, nine in ten", unit="h"),
        Column("Ended"),
        Column("Sent back", unit="%"),
        Column("Unanswered"),
    )
    return Sheet("departments", "Departments", "Department", columns, tuple(rows))


def _department(scope: Scope, key: int, name: str, service: Service) -> Row:
    slug = slug_of("department", key)
    accept, finish = service.accept or NONE, service.finish or NONE
    cells = (
        number(service.open_cases, listed(scope, one("department", slug))),
        _overdue(scope, service, slug),
        length(accept[0]),
        length(accept[1]),
        length(finish[0]),
        length(finish[1]),
        number(service.ended),
        share(service.sent_back),
        number(service.unanswered),
    )
    return Row(name, name, cells, f"/departments/{slug}/")


def _overdue(scope: Scope, service: Service, slug: str) -> Cell:
    """Overdue assignments: the department's own list has them all, and no narrower one."""
    return number(service.overdue, f"/departments/{slug}/?show=overdue" if scope.is_whole else "")
