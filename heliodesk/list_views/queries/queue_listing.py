"""A page of a queue's list, in one statement: it is what a back office looks at all day (Q3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from heliodesk.list_views.fields import Field
from heliodesk.list_views.orders import ListOrder
from heliodesk.list_views.queries.listing import OWN, OWN_WIDTH, PAGE, Listing, ListRow
from heliodesk.list_views.queries.shown import select, shown
from heliodesk.people.access import SYSTEM
from heliodesk.worklists.queries import names, paging
from heliodesk.worklists.queries.cursors import Value

IN_QUEUE = "c.owner_queue_id = %s AND c.status <> 'closed'"
KEPT = 4_000  # rows


def page_of_queue(
    queue_id: int,
    columns: tuple[Field, ...],
    order: ListOrder,
    *,
    after: str = "",
    before: str = "",
) -> Listing:
    """A page of the open cases of the queue, for people of Support; refuses a cursor that is
    unreadable. Its count is kept elsewhere (`waiting.py`)."""
    selected = _selected(columns)

    def rows(beyond: str, ordered: str, keys: str, start: list[Value]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {OWN}{selected}, {keys} FROM cases_case c"  # noqa: S608 - constants
                f" WHERE {IN_QUEUE} {beyond} ORDER BY {ordered} LIMIT {PAGE + 1}",
                [queue_id, *start],
            )
            return list(cursor.fetchall())

    width = OWN_WIDTH + len(columns)
    found = paging.paged(rows, order, PAGE, width, after=after, before=before)
    return Listing(as_rows(found.rows, columns), found.before, found.after)


def is_plain(field: Field) -> bool:
    """Whether the column is the same whoever asks, and whenever."""
    return "%(" not in field.column


def rows_of(case_ids: Iterable[int], columns: tuple[Field, ...]) -> dict[str, ListRow]:
    """The rows of these cases by their number; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {OWN}{_selected(columns)} FROM cases_case c"  # noqa: S608 - constants
            " WHERE c.id = ANY(%s::bigint[])",
            [list(case_ids)],
        )
        found = as_rows(cursor.fetchall(), columns)
    return {row.number: row for row in found}


def as_rows(found: Sequence[Sequence[Any]], columns: tuple[Field, ...]) -> list[ListRow]:
    """Rows from what was selected."""
    width, version, kept = OWN_WIDTH + len(columns), names.version(), one(columns)
    return [_row(kept, tuple(row[:width]), version) for row in found]


@dataclass(frozen=True, eq=False, slots=True)
class Columns:
    """Columns known by which they are: to compare their fields for each row takes longer than all
    else that a kept row costs."""

    fields: tuple[Field, ...]


@lru_cache(maxsize=256)
def one(columns: tuple[Field, ...]) -> Columns:
    """The same for the same columns, for what is kept by them."""
    return Columns(columns)


@lru_cache(maxsize=KEPT)
def _row(columns: Columns, row: tuple[Any, ...], version: float) -> ListRow:
    """Everybody who works a queue is shown the same rows: one is made once for its values, while
    the names of set-up data are of that `version`."""
    number, priority, status = row[:OWN_WIDTH]
    values = zip(columns.fields, row[OWN_WIDTH:], strict=True)
    cells = tuple(shown(field, value) for field, value in values)
    return ListRow(f"{number:08d}", priority == 1, status, cells)


@lru_cache(maxsize=64)
def _selected(columns: tuple[Field, ...]) -> str:
    """The columns for a SELECT. Those that depend on who asks are not of a queue's own path."""
    return select(columns, by=SYSTEM)[0]
