"""The orders in which a list of cases is offered: those that stay quick at any size (V3).

Each sorts by what stands on the case's own row and is never NULL, under an index of its own.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from heliodesk.list_views.field_sql import CLOSED_AT, CUSTOMER
from heliodesk.worklists.queries.orders import Order

COLUMNS: dict[str, tuple[tuple[str, type], ...]] = {
    "created_at": (("c.created_at", datetime),),
    "last_modified_at": (("c.last_modified_at", datetime),),
    "number": (("c.number", int),),
    "customer": ((CUSTOMER, str),),
    "priority": (("c.priority", int), ("c.created_at", datetime)),
    "closed_at": ((CLOSED_AT, datetime),),
}


class ListOrder(Order):
    """The order of a list view: the newest first, unless it says otherwise."""

    __slots__ = ()

    columns: ClassVar[dict[str, tuple[tuple[str, type], ...]]] = COLUMNS
    usual: ClassVar[str] = "created_at"
    #: The columns whose order an index has, over all cases and over the open ones.
    indexed: ClassVar[frozenset[str]] = frozenset(COLUMNS)


def order_named(name: str) -> ListOrder:
    """The order of that name, such as `-created_at`; the newest first where there is none of it."""
    known = name.removeprefix("-") in COLUMNS
    return ListOrder.named(name if known else "-created_at")
