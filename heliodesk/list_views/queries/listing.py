"""A page of any list of cases, and how many there are, up to a bound (V3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from heliodesk.list_views.fields import FIELDS, Field
from heliodesk.list_views.filters import Filter
from heliodesk.list_views.orders import ListOrder
from heliodesk.list_views.queries import grouped, stages
from heliodesk.list_views.queries.bounds import Bounds, bounds_of
from heliodesk.list_views.queries.shown import Cell, select, shown
from heliodesk.list_views.queries.where import where
from heliodesk.people.access import Actor
from heliodesk.worklists.queries import cursors, paging
from heliodesk.worklists.queries.cursors import Value

PAGE = 50  # rows
MOST = 1_000  # counted on a page


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
    """Rows of a list, and the cursors of the pages beside it; empty where there is none.

    `count` is how many there are in all, or a number which there are at least; None where finding
    the page did not show it: on later pages of long lists.
    """

    rows: list[ListRow]
    before: str = ""
    after: str = ""
    count: Count | None = None


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
    filter: Filter,
    columns: Sequence[Field],
    order: ListOrder,
    *,
    by: Actor,
    after: str = "",
    before: str = "",
) -> Listing:
    """A page of the cases that the filter lets through and `by` may see (K6), in the order.

    Refuses a cursor that is unreadable, and more cases than can be sorted by that column.
    """
    if after or before:  # refused before there is a transaction that it would end
        cursors.read(before or after, order.kinds)
    looking = _Looking(filter, columns, order, by=by, back=bool(before))
    width = OWN_WIDTH + len(columns)
    with stages.quickly():
        looking.bounds = bounds_of(filter, order, back=looking.back)
        paged = paging.paged(looking.rows, order, PAGE, width, after=after, before=before)
        count = looking.count(at_start=not (after or before))
    if looking.found is None:  # refused when there is no transaction that it would end
        raise grouped.too_many_to_sort(FIELDS[order.column])
    return Listing([_row(columns, row) for row in paged.rows], paged.before, paged.after, count)


class _Looking:
    """Looking for the rows of a page, as `paged` asks for them: along an index that has the order,
    or else value by value. `found` is what there was, None where it is too much to be sorted."""

    def __init__(
        self, filter: Filter, columns: Sequence[Field], order: ListOrder, *, by: Actor, back: bool
    ) -> None:
        self.filter, self.order, self.by, self.back = filter, order, by, back
        self.selected, self.selected_values = select(columns, by=by)
        self.condition, self.values = where(filter, by=by)
        self.bounds = Bounds()
        self.wanted: stages.Wanted | None = None
        self.found: stages.Found | None = None

    def rows(self, beyond: str, ordered: str, keys: str, start: list[Value]) -> list[Any]:
        """The rows behind `start`, one more than a page has, with their sort keys behind them."""
        wanted = stages.Wanted(
            selected=f"{OWN}{self.selected}, {keys}",
            condition=self.condition,
            values=self.values,
            beyond=beyond,
            start=start,
            ordered=ordered,
            most=PAGE + 1,
            selected_values=self.selected_values,
            bounds=self.bounds,
            along=self.order.column in self.order.indexed,
            keys=[key for key, _ in self.order.columns[self.order.column]],
            sees_all=self.by.is_support,
        )
        if wanted.along or self.order.short:
            self.wanted, self.found = wanted, stages.find(wanted)
        else:
            within = partial(bounds_of, self.filter, back=self.back)
            asked = grouped.Asked(self.order, self.filter, start, self.back, self.by, within)
            self.found = grouped.find(wanted, asked)
            self.wanted = grouped.newest_first(wanted, asked)
        return self.found.rows if self.found else []

    def count(self, *, at_start: bool) -> Count | None:
        """How many cases there are, as far as finding the rows showed it or a look from the start
        does."""
        found = self.found or stages.Found([])
        if found.count is not None:
            return Count(min(found.count, MOST), found.count > MOST)
        if at_start and len(found.rows) <= PAGE:
            return Count(len(found.rows), more=False)
        if not at_start or self.wanted is None:
            return None
        number, is_all = stages.count_near(self.wanted)
        number = max(number, len(found.rows))
        return Count(min(number, MOST), more=not is_all or number > MOST)


def found(
    filter: Filter,
    order: ListOrder,
    start: Sequence[Value],
    selected: str,
    *,
    most: int,
    by: Actor,
) -> list[Any]:
    """What is selected of the first cases `c` behind `start`, at most `most`, that the filter lets
    through and `by` may see (K6), in an order that has an index; their sort keys and ID follow."""
    condition, values = where(filter, by=by)
    wanted = stages.Wanted(
        f"{selected}, {order.shown_keys}", condition, values,
        order.beyond(list(start)) if start else "", start, order.by(), most,
        bounds=bounds_of(filter, order),
        keys=[key for key, _ in order.columns[order.column]], sees_all=by.is_support,
    )  # fmt: skip
    if by.is_support and not len(filter):  # nothing is looked for along the order
        return stages.all_of_it(wanted)
    if rows := stages.at_hand(wanted):
        return rows
    with stages.quickly():
        return stages.find(wanted).rows


def _row(columns: Sequence[Field], row: Sequence[Any]) -> ListRow:
    number, priority, status = row[:OWN_WIDTH]
    cells = tuple(
        shown(field, value)
        for field, value in zip(columns, row[OWN_WIDTH : OWN_WIDTH + len(columns)], strict=True)
    )
    return ListRow(f"{number:08d}", priority == 1, status, cells)
