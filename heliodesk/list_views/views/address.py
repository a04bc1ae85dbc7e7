"""The address of a list: place, filter, columns, order, and the saved view it came from (V3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from heliodesk.core.addresses import parts_of
from heliodesk.core.numbers import whole
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.list_views.access import get_view
from heliodesk.list_views.columns import read_columns
from heliodesk.list_views.filters import Filter, query_text, read
from heliodesk.list_views.models import ListView
from heliodesk.list_views.orders import ListOrder
from heliodesk.list_views.views.place import CASES, Place, place_at
from heliodesk.people.access import Actor

FORM = "/cases/filter/"


@dataclass(frozen=True, slots=True)
class ListAddress:
    """What a list shows, and so the addresses of others like it. `columns` are those that the
    address names; `view` is the saved view that is shown, changed or as it was saved."""

    place: Place
    filter: Filter
    columns: tuple[str, ...]
    order: ListOrder
    view: ListView | None = None
    is_saved: bool = False

    @property
    def here(self) -> str:
        """The list's own address, from its beginning."""
        if self.is_saved and self.view:
            return self.place.address([("view", str(self.view.pk))])
        return self._address(self.filter)

    @property
    def text(self) -> str:
        """The canonical query, as a saved view keeps it."""
        return query_text(self.filter, columns=self.columns, sort=self._sort)

    def of(self, filter: Filter) -> str:
        """The list with another filter."""
        return self._address(filter)

    @property
    def cleared(self) -> str:
        """The list without its filter."""
        return self._address(Filter())

    def by(self, order: str) -> str:
        """The list in another order."""
        return replace(self, order=self.place.order(order))._address(self.filter)

    def with_columns(self, columns: tuple[str, ...]) -> str:
        """The list with these columns named in its address."""
        return replace(self, columns=columns)._address(self.filter)

    def page(self, **cursor: str) -> str:
        """The page beside this one; empty where there is none."""
        if not any(cursor.values()):
            return ""
        mark = "&" if "?" in self.here else "?"
        return f"{self.here}{mark}{urlencode(cursor)}"

    def form(self, **asked: str) -> str:
        """The form of a condition of this list."""
        return f"{FORM}?{urlencode({'at': self.here, **asked})}"

    @property
    def sort(self) -> str:
        """The order, as the address has it."""
        return self.order.name

    @property
    def _sort(self) -> str:
        """Empty for the usual order, which needs no words."""
        return "" if self.order == self.place.order("") else self.order.name

    def _address(self, filter: Filter) -> str:
        pairs = [("of", str(self.view.pk))] if self.view else []
        pairs += filter.pairs()
        return self.place.address(
            [*pairs, ("columns", ",".join(self.columns)), ("sort", self._sort)]
        )


def read_address(place: Place, query: QueryDict, *, by: Actor) -> tuple[ListAddress, list[Refused]]:
    """What the query asks for, and a refusal for each part that makes no sense. Refuses with
    `NotFound` a saved view that `by` is not offered; of a changed one only the name is lost."""
    view, is_saved = None, False
    if place.is_queue:
        pass
    elif key := whole(query.get("view", "")):
        view, is_saved = get_view(key, by=by), True
        query = QueryDict(view.query)
    elif key := whole(query.get("of", "")):
        view = _if_offered(key, by=by)
    filter, refused = read(query)
    named = query.get("columns", "")
    columns, gone = read_columns(named) if named else ((), [])
    order, unordered = place.read_order(query.get("sort", ""))
    names = tuple(field.name for field in columns)
    found = ListAddress(place, filter, names, order, view, is_saved)
    return found, [*refused, *gone, *unordered]


def read_at(at: str, *, by: Actor) -> ListAddress:
    """The list at an address of the desk, as forms carry it along."""
    parts = parts_of(at[:8_000])
    query = QueryDict(parts.query)
    return read_address(place_at(parts.path), query, by=by)[0]


def is_changed(address: ListAddress) -> bool:
    """Whether the list differs from the saved view that it came from."""
    if address.is_saved or address.view is None:
        return False
    query = QueryDict(address.view.query)
    saved, _ = read(query)
    named = query.get("columns", "")
    same = (
        saved == address.filter
        and [one for one in named.split(",") if one] == list(address.columns)
        and CASES.order(query.get("sort", "")) == address.order
    )
    return not same


def _if_offered(key: int, *, by: Actor) -> ListView | None:
    try:
        return get_view(key, by=by)
    except NotFound:
        return None
