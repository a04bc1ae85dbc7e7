"""What the page of a search is asked for by its address: text, kind, filters, place (V4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from heliodesk.core.numbers import whole
from heliodesk.core.refusal import Refused
from heliodesk.search.models import SearchText
from heliodesk.search.queries.asking import plain
from heliodesk.search.queries.reach import Narrowed, Place
from heliodesk.worklists.queries import cursors

#: The kinds of records and of texts, in the order of the tabs.
RECORD_KINDS = {
    "case": "Cases", "account": "Accounts", "contract": "Contracts", "job": "Jobs",
    "person": "People",
}  # fmt: skip
TEXT_KINDS = {
    "description": "Descriptions", "post": "Posts", "review": "Reviews",
    "interaction": "Interactions", "assignment": "Assignments", "note": "Notes", "file": "Files",
}  # fmt: skip
FILTERS = ("status", "author", "department", "since", "until")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The search that an address asks for. What makes no sense in it is left out."""

    typed: str = ""
    kind: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    place: Place | None = None

    @property
    def is_text_kind(self) -> bool:
        """Whether only texts of one kind are wanted."""
        return self.kind in TEXT_KINDS

    @property
    def is_record_kind(self) -> bool:
        """Whether only records of one kind are wanted."""
        return self.kind in RECORD_KINDS

    def narrowed(self) -> Narrowed:
        """What narrows the texts; the days are the desk's."""
        since, until = self.filters.get("since"), self.filters.get("until")
        return Narrowed(
            kind=self.kind if self.is_text_kind else "",
            status=self.filters.get("status", ""),
            since=_midnight(since) if since else None,
            until=_midnight(until, days=1) if until else None,
            author=whole(self.filters.get("author", "")),
            department=whole(self.filters.get("department", "")),
        )

    def address(self, *, kind: str | None = None, place: Place | None = None) -> str:
        """The address of this search, with another kind, or from another place on."""
        pairs = {"q": self.typed, "kind": self.kind if kind is None else kind, **self.filters}
        if place is not None:
            pairs["after"] = cursors.write([place.at.isoformat(), place.id])
        return "/search/?" + urlencode({name: value for name, value in pairs.items() if value})


def wanted(query: QueryDict) -> Wanted:
    """The search of an address; nothing in an address is an error."""
    kind = query.get("kind", "")
    filters = {name: query.get(name, "").strip() for name in FILTERS}
    return Wanted(
        plain(query.get("q", "")),
        kind if kind in SearchText.Kind.values or kind in RECORD_KINDS else "",
        {name: value for name, value in filters.items() if _makes_sense(name, value)},
        _place(query.get("after", "")),
    )


def _makes_sense(name: str, value: str) -> bool:
    if name == "status":
        return value in {"open", "closed"}
    if name in {"since", "until"}:
        return _day(value) is not None
    return (whole(value) or 0) > 0


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1970 <= found.year <= 2200 else None


def _midnight(text: str, *, days: int = 0) -> datetime:
    day = date.fromisoformat(text) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time.min))


def _place(cursor: str) -> Place | None:
    if not cursor:
        return None
    try:
        at, key = cursors.read(cursor, (datetime, int))
    except Refused:
        return None
    return Place(at, key) if isinstance(at, datetime) and isinstance(key, int) else None
