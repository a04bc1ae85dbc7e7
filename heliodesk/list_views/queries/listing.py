"""A page of any list of cases, and how many there are, up to a bound (V3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from heliodesk.list_views.fields import Field
from heliodesk.list_views.filters import Filter
from heliodesk.list_views.orders import ListOrder
from heliodesk.list_views.queries.shown import Cell, select, shown
from heliodesk.list_views.queries.where import where
from heliodesk.people.access import Actor
from heliodesk.worklists.queries import paging
from heliodesk.worklists.queries.cursors import Value

PAGE = 50  # rows


@dataclass(frozen=True, slots=True)
class ListRow:
    """A case in a list: `cells` are the values of the columns in their order: text, a moment, a
    whole number; "" where there is nothing."""

    number: str
    high: bool
    status: str
    cells: tuple[Cell, ...]

    @property
    def url(self) -> str:
        """The address of the case."""
        return f"/cases/{self.number}/"


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of a list, and the cursors of the pages beside it; empty where there is none."""

    rows: list[ListRow]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases there are, counted up to a bound: `more` where there are more."""

    number: int
    more: bool

    @property
    def words(self) -> str:
        """As people read it: `12`, or `1,000+`."""
        return f"{self.number:,}{'+' if self.more else ''}"


OWN = "c.number, c.priority, c.status"
OWN_WIDTH = 3


def page(
    filter: Filter,  # noqa: A002
    columns: Sequence[Field],
    order: ListOrder,
    *,
    by: Actor,
    after: str = "",
    before: str = "",
) -> Listing:
    """A page of the cases that the filter lets through and `by` may see (K6), in the order.

    Refuses a cursor that is unreadable.
    """
    condition, values = where(filter, by=by)
    selected, more_values = select(columns, by=by)

    def rows(beyond: str, ordered: str, keys: str, start: list[Value]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {OWN}{selected}, {keys} FROM cases_case c"  # noqa: S608 - constants
                f" WHERE {condition} {beyond} ORDER BY {ordered} LIMIT {PAGE + 1}",
                [*more_values, *values, *start],
            )
            return list(cursor.fetchall())

    width = OWN_WIDTH + len(columns)
    found = paging.paged(rows, order, PAGE, width, after=after, before=before)
    return Listing([_row(columns, row) for row in found.rows], found.before, found.after)


def bounded_count(filter: Filter, *, by: Actor, most: int = 1_000) -> Count:  # noqa: A002
    """How many cases the filter lets through and `by` may see, counted up to `most`."""
    condition, values = where(filter, by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM cases_case c"  # noqa: S608 - constants
            f" WHERE {condition} LIMIT {most + 1}) found",
            values,
        )
        found: int = cursor.fetchone()[0]
    return Count(min(found, most), found > most)


def _row(columns: Sequence[Field], row: Sequence[Any]) -> ListRow:
    number, priority, status = row[:OWN_WIDTH]
    cells = tuple(
        shown(field, value)
        for field, value in zip(columns, row[OWN_WIDTH : OWN_WIDTH + len(columns)], strict=True)
    )
    return ListRow(f"{number:08d}", priority == 1, status, cells)
