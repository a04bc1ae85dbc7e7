"""What the page of any list of cases shows: chips, table, count (V3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from heliodesk.core.refusal import Refused
from heliodesk.list_views.columns import columns as fields_of
from heliodesk.list_views.fields import FIELDS, Field, Kind
from heliodesk.list_views.queries.listing import Listing
from heliodesk.list_views.queries.proposals import names_of
from heliodesk.list_views.views.address import ListAddress
from heliodesk.list_views.views.chips import ChipGroup, chip_groups
from heliodesk.list_views.views.place import INSTALLER_COLUMNS, WIDER
from heliodesk.list_views.views.preview import preview_is_on
from heliodesk.list_views.views.rows import label_of, rows_markup, to_read
from heliodesk.list_views.views.words import unknown
from heliodesk.web.requests import DeskRequest
from heliodesk.web.shell import counted

#: How wide a column usually is, in pixels.
WIDTHS = {
    "number": 90, "priority": 80, "status": 190, "open": 62, "customer": 154, "age": 92,
    "property_address": 184, "request_type": 146, "request_subtype": 200, "description": 320,
    "review_comments": 260, "contract": 92, "source": 86, "follow_up_for": 180, "account": 168,
    "owner_queue": 116, "department": 160, "assigned_department": 200,
}  # fmt: skip
BY_KIND = {Kind.FLAG: 96, Kind.NUMBER: 110, Kind.MOMENT: 140, Kind.PERSON: 138}
#: The usual columns of a queue are many: narrower, they stand side by side on a usual screen. What
#: is nearly always short there (New, 3 d 4 h) leaves its place to subtypes, names and addresses.
QUEUE_WIDTHS = {
    "priority": 81, "number": 92, "request_type": 145, "request_subtype": 166, "customer": 132,
    "property_address": 142, "contract": 83, "status": 80, "age": 86, "last_modified_at": 134,
    "source": 71,
}  # fmt: skip
INSTALLER_WIDTHS = QUEUE_WIDTHS | {
    "request_type": 140, "customer": 186, "contact": 135, "job_id": 76, "status": 80, "age": 96,
    "last_modified_at": 140,
}  # fmt: skip
#: A case's age is sorted by when it was created: the oldest first.
SORTS_AS = {"age": "created_at"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading. `sort` is the address that sorts by it, empty where nothing does;
    `sorted` is "ascending", "descending" or ""."""

    name: str
    label: str
    width: int
    css: str
    sort: str
    sorted: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list as its page shows it; `rows` are its rows as markup; `is_usual` where nobody chose its
    columns."""

    address: ListAddress
    listing: Listing
    rows: Markup
    columns: list[Column]
    chips: list[ChipGroup]
    width: int
    chosen_widths: bool
    is_usual: bool
    preview: bool

    @property
    def older(self) -> str:
        """The address of the next page."""
        return self.address.page(after=self.listing.after)

    @property
    def newer(self) -> str:
        """The address of the page before."""
        return self.address.page(before=self.listing.before)


def list_page(
    request: DeskRequest, address: ListAddress, listing: Listing, fields: Sequence[Field], *,
    picks: bool, takes: bool,
) -> ListPage:  # fmt: skip
    """The list, read already with the columns `to_read(fields)`, as its page shows it."""
    layout = counted(request).layout
    chosen = bool(address.columns or layout.get("columns"))
    widths = layout.get("widths", {})
    crowded = address.place.is_queue and not chosen
    columns = _columns(tuple(fields), address, tuple(widths.items()), crowded)
    known = names_of(unknown(address.filter), by=request.actor)
    rows = rows_markup(
        listing.rows,
        to_read(fields),
        picks=picks,
        takes=takes,
        wider=WIDER if crowded else frozenset(),
    )
    return ListPage(
        address=address,
        listing=listing,
        rows=rows,
        columns=columns,
        chips=chip_groups(address.filter, at=address, names=known),
        width=sum(column.width for column in columns) + (36 if picks else 0) + 64,
        chosen_widths=bool(widths),
        is_usual=not chosen,
        preview=preview_is_on(request),
    )


def fields_shown(request: DeskRequest, address: ListAddress) -> tuple[Field, ...]:
    """The columns: those of the address, those that the person chose, or the usual ones."""
    layout = counted(request, list_name=address.place.key).layout
    chosen = [name for name in layout.get("columns", []) if name in FIELDS]
    return fields_of(address.columns or chosen or address.place.columns)


def read_page(request: DeskRequest, read: Callable[..., Listing]) -> tuple[Listing, list[Refused]]:
    """The page of the list that the request asks for, as `read` gives it for `after` and `before`;
    its beginning, and why, where the cursor leads nowhere; nothing, and why, where finding it would
    take too long."""
    asked = {key: request.GET.get(key, "") for key in ("after", "before")}
    refused: list[Refused] = []
    for cursor in [asked, {}] if any(asked.values()) else [{}]:
        try:
            return read(**cursor), refused
        except Refused as refusal:
            refused.append(refusal)
            if refusal.code != "cursor_unreadable":
                break
    return Listing([]), refused


def context(shown: ListPage, refusals: Sequence[Refused]) -> dict[str, Any]:
    """What every template of a list is given."""
    return {"list": shown, "place": shown.address.place, "refusals": refusals}


@lru_cache(maxsize=256)
def _columns(
    fields: tuple[Field, ...],
    address: ListAddress,
    widths: tuple[tuple[str, int], ...],
    crowded: bool,
) -> list[Column]:
    """The headings, kept: the addresses that sort by them are the same for all who look."""
    return [_column(field, address, dict(widths), crowded=crowded) for field in fields]


def _column(field: Field, address: ListAddress, widths: dict[str, int], *, crowded: bool) -> Column:
    key = SORTS_AS.get(field.name, field.name)
    current = address.order
    sorts = key in current.columns
    is_sorted = sorts and current.column == key
    down = is_sorted and current.descends
    css = (
        "table__num"
        if field.kind == Kind.MOMENT or field.name in {"age", "open_assignments"}
        else ""
    )
    if crowded and field.name in WIDER:
        css = f"{css} col-wider".strip()
    usual = WIDTHS.get(field.name) or BY_KIND.get(field.kind, 150)
    if crowded:
        of_installers = address.place.columns == INSTALLER_COLUMNS
        usual = (INSTALLER_WIDTHS if of_installers else QUEUE_WIDTHS)[field.name]
    # An age grows the other way than the moment that it is counted from.
    descending = down != (key != field.name)
    return Column(
        name=field.name,
        label=label_of(field),
        width=widths.get(field.name, usual),
        css=css,
        sort=address.by(key if down or not is_sorted else f"-{key}") if sorts else "",
        sorted=("descending" if descending else "ascending") if is_sorted else "",
    )
