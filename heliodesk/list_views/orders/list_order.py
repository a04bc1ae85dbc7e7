"""The orders in which a list of cases is offered: by any column that has an order (V3).

Six stay quick at any size by an index of their own: each sorts by what stands on the case's own row
and is never NULL. A column of few values is gone through value by value (`queries/grouped.py`); the
others sort as many cases as can be sorted at once.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from heliodesk.core.refusal import Refused
from heliodesk.list_views.fields.sql import CLOSED_AT, CUSTOMER
from heliodesk.list_views.orders.sort_keys import GROUPS, KEYS, Groups
from heliodesk.worklists.queries.orders import Order

INDEXED: dict[str, tuple[tuple[str, type], ...]] = {
    "created_at": (("c.created_at", datetime),),
    "last_modified_at": (("c.last_modified_at", datetime),),
    "number": (("c.number", int),),
    "customer": ((CUSTOMER, str),),
    "priority": (("c.priority", int), ("c.created_at", datetime)),
    "closed_at": ((CLOSED_AT, datetime),),
}
#: The others, and within the same value by when they were created.
COLUMNS = {name: (key, ("c.created_at", datetime)) for name, key in KEYS.items()} | INDEXED


class ListOrder(Order):
    """The order of a list view: the newest first, unless it says otherwise."""

    __slots__ = ()

    columns: ClassVar[dict[str, tuple[tuple[str, type], ...]]] = COLUMNS
    usual: ClassVar[str] = "created_at"
    #: The columns whose order an index has, over all cases and over the open ones.
    indexed: ClassVar[frozenset[str]] = frozenset(INDEXED)
    #: Whether the list is short enough to be sorted by anything.
    short: ClassVar[bool] = False

    @property
    def groups(self) -> Groups | None:
        """The values that are gone through, where they are few."""
        return GROUPS.get(self.column)


def order_named(name: str) -> ListOrder:
    """The order of that name, such as `-created_at`; the newest first where there is none of it."""
    known = name.removeprefix("-") in COLUMNS
    return ListOrder.named(name if known else "-created_at")


def order_gone(name: str) -> Refused:
    """What is said where nothing sorts by that name."""
    return Refused(
        "order_gone",
        f"Nothing sorts by “{name[:40]}” here. Press the heading of a column to sort by it; until "
        "then the list is in its usual order.",
        rule="V3",
        about={"sort": name},
    )
