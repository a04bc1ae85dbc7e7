"""Which list of cases a page shows: all of them, or those of a queue (V3, Q3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from heliodesk.core.refusal import Refused
from heliodesk.list_views.columns import USUAL
from heliodesk.list_views.filters import ADDRESS, Condition, Filter, Group
from heliodesk.list_views.orders import ListOrder, order_gone, order_named
from heliodesk.list_views.orders.queue_order import QueueOrder
from heliodesk.list_views.rules.layout import ALL_CASES, OF_QUEUE
from heliodesk.worklists.queries.names import key_of_slug, names

QUEUES = "/queues/"
QUEUE_COLUMNS = (
    "priority", "number", "request_type", "request_subtype", "customer", "property_address",
    "contract", "status", "age", "last_modified_at", "source",
)  # fmt: skip
#: An installer's case has no address and no contract; it has who asks, and mostly a job. Companies
#: have longer names than people: they take the place of the source, which decides nothing here.
OF_INSTALLERS = {"property_address": "contact", "contract": "job_id"}
INSTALLER_COLUMNS = tuple(
    OF_INSTALLERS.get(name, name) for name in QUEUE_COLUMNS if name != "source"
)
#: Of these columns these wait for a wider screen, where nobody has chosen.
WIDER = frozenset({"last_modified_at", "source"})


@dataclass(frozen=True, slots=True)
class Place:
    """A list and its address. `fixed` is what always holds in it, `key` names it in bulk actions,
    and where a person's columns of it are kept."""

    url: str
    key: str
    columns: tuple[str, ...]
    fixed: tuple[Condition, ...] = ()

    @property
    def is_queue(self) -> bool:
        """True for the list of a queue."""
        return bool(self.fixed)

    def whole(self, filter: Filter) -> Filter:
        """The filter with what always holds in this list."""
        if not self.fixed:
            return filter
        groups = filter.groups
        if groups and groups[0].mode == "all":
            both = Group("all", (*self.fixed, *groups[0].conditions))
            return Filter((both, *groups[1:]))
        return Filter((Group("all", self.fixed), *groups))

    def order(self, name: str) -> ListOrder:
        """The order of that name; this list's usual one where there is none of it."""
        return QueueOrder.named(name) if self.is_queue else order_named(name)

    def read_order(self, name: str) -> tuple[ListOrder, list[Refused]]:
        """The order of that name, and a refusal where there is none of it."""
        order = self.order(name)
        named = name.removeprefix("-")
        return order, [order_gone(named)] if named and named not in order.columns else []

    def address(self, pairs: Iterable[tuple[str, str]]) -> str:
        """The list's address with these parameters."""
        text = urlencode([pair for pair in pairs if pair[1]], safe=":,.")
        return f"{self.url}?{text}" if text else self.url


CASES = Place(ADDRESS, ALL_CASES, USUAL)


def of_queue(slug: str) -> Place:
    """The list of the queue with this slug."""
    fixed = (Condition("owner_queue", "is", (slug,)), Condition("open", "is", ("yes",)))
    usual = usual_columns(key_of_slug("queue", slug))
    return Place(f"{QUEUES}{slug}/", f"{OF_QUEUE}{slug}", usual, fixed)


def usual_columns(queue_id: int | None) -> tuple[str, ...]:
    """The columns of the queue's list where nobody has chosen, by whose cases it is for (Q2)."""
    return INSTALLER_COLUMNS if queue_id in names("installer queue") else QUEUE_COLUMNS


def place_at(path: str) -> Place:
    """The list at this path; that of all cases where there is none."""
    slug = path.removeprefix(QUEUES).removesuffix("/")
    if path.startswith(QUEUES) and key_of_slug("queue", slug) is not None:
        return of_queue(slug)
    return CASES
