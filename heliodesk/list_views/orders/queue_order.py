"""The orders of a queue's list: any of its usual columns, in both directions (Q3).

A queue holds what waits, not a million cases, so that it sorts by what would be too dear elsewhere.
"""

from __future__ import annotations

from typing import ClassVar

from heliodesk.list_views.orders import ListOrder
from heliodesk.worklists.queries.orders import COLUMNS as KNOWN
from heliodesk.worklists.queries.orders import ORDER_OF_WORK

TYPE, SUBTYPE = KNOWN["type"]
COLUMNS: dict[str, tuple[tuple[str, type], ...]] = {
    "priority": KNOWN["priority"],
    "number": KNOWN["number"],
    "request_type": (TYPE,),
    "request_subtype": (SUBTYPE,),
    "customer": KNOWN["customer"],
    "property_address": KNOWN["place"],
    "contract": KNOWN["contract"],
    "contact": KNOWN["contact"],
    "job_id": KNOWN["job"],
    "status": KNOWN["status"],
    "created_at": KNOWN["created"],
    "last_modified_at": KNOWN["modified"],
    "source": KNOWN["source"],
    "created_by": KNOWN["opener"],
}


class QueueOrder(ListOrder):
    """The order of a queue's list: that of work, unless it says otherwise."""

    __slots__ = ()

    columns: ClassVar[dict[str, tuple[tuple[str, type], ...]]] = COLUMNS
    usual: ClassVar[str] = ORDER_OF_WORK
    indexed: ClassVar[frozenset[str]] = frozenset(
        {"priority", "number", "created_at", "last_modified_at"}
    )
    short: ClassVar[bool] = True
