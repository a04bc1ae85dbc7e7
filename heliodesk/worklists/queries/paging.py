"""Keyset pages: which rows come next is said by the sort values of a row, never by counting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from heliodesk.worklists.queries import cursors
from heliodesk.worklists.queries.cursors import Value
from heliodesk.worklists.queries.orders import Order

#: Gives one row more than a page holds, for the condition beyond the cursor, the ORDER BY, the keys
#: to select behind the row's own columns, and the cursor's values.
Select = Callable[[str, str, str, list[Value]], list[Any]]


@dataclass(frozen=True, slots=True)
class Paged:
    """Rows as selected, and the cursors of the pages beside them; empty where there is none."""

    rows: list[Any]
    before: str
    after: str


def paged(
    select: Select, order: Order, size: int, width: int, *, after: str = "", before: str = ""
) -> Paged:
    """A page of `size` rows of `width` columns in the order, beside the cursor that is given.

    Refuses a cursor that is unreadable.
    """
    back = bool(before)
    start = cursors.read(before or after, order.kinds) if before or after else []
    beyond = order.beyond(start, back=back) if start else ""
    found = select(beyond, order.by(back=back), order.shown_keys, start)
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    ends = [cursors.write(row[width:]) for row in (found[0], found[-1])] if found else ["", ""]
    return Paged(
        found,
        before=ends[0] if (more if back else bool(start)) else "",
        after=ends[1] if back or more else "",
    )
