"""The rows of a list of cases as markup: all but an open case's age is rendered once and kept.

Everybody who works a list looks at the same rows, and rendering fifty of them is most of a page.
A row is kept by its values, so that a changed case is simply another row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import uuid4

from markupsafe import Markup

from heliodesk.core import clock
from heliodesk.list_views.fields import FIELDS, Field, Kind
from heliodesk.list_views.queries.listing import ListRow
from heliodesk.list_views.queries.queue_listing import Columns, one
from heliodesk.web.filters import aged, day, local, moment, span
from heliodesk.web.macros import macros
from heliodesk.worklists.queries.rows import STATUS_TONES

KEPT = 6_000  # rows, of about two kilobytes
AGE = uuid4().hex  # stands where the age comes; made anew by each process, so no text has it
SHORT = {"number": "Number", "age": "Age", "source": "Source", "contract": "Contract"}
PROGRESS = "In Progress - "  # says nothing in a narrow column
FITS = 14  # characters, in any column
NUMBERS = {"number", "previous_case"}
WIDE = {"property_address", "description"}
CLOSED = "closed "
#: An age is worked out when it is shown: since when, or of a closed case how long it took (X3).
AGE_SHOWN = replace(
    FIELDS["age"],
    kind=Kind.TEXT,
    shown="CASE WHEN c.closed_at IS NULL THEN c.created_at::text"
    f" ELSE '{CLOSED}' || extract(epoch FROM c.closed_at - c.created_at)::bigint END",
)


@dataclass(frozen=True, slots=True)
class CellMarkup:
    """A cell: its class, the words that name it on a narrow screen, and what is in it. `kind` is
    "link", "priority", "status" or "" for plain text; `title` is the text in full where the column
    may cut it off."""

    css: str
    label: str
    value: str | Markup
    kind: str = ""
    title: str = ""


def to_read(columns: Iterable[Field]) -> tuple[Field, ...]:
    """The columns as they are read for `rows_markup`."""
    return tuple(AGE_SHOWN if field.name == "age" else field for field in columns)


def label_of(field: Field) -> str:
    """What the column is called, in few words."""
    return SHORT.get(field.name, field.label)


def rows_markup(
    rows: Iterable[ListRow],
    columns: Sequence[Field],
    *,
    picks: bool,
    takes: bool,
    wider: frozenset[str] = frozenset(),
) -> Markup:
    """The rows of the table's body; `picks` where they can be selected, `takes` where the person
    may take them, `wider` the columns that wait for a wider screen."""
    at, year, fields = clock.now(), clock.today().year, tuple(columns)
    place = fields.index(AGE_SHOWN) if AGE_SHOWN in fields else -1
    kept = one(fields)
    pieces: list[str] = []
    for row in rows:
        before, after = _parts(row, kept, picks, takes, wider, year)
        pieces.append(before)
        if after:
            since = datetime.fromisoformat(str(row.cells[place]))
            pieces += (aged(since, at), after)
    return Markup("".join(pieces))  # noqa: S704 - rendered by the template, which escapes


@lru_cache(maxsize=KEPT)
def _parts(
    row: ListRow, columns: Columns, picks: bool, takes: bool, wider: frozenset[str], year: int
) -> tuple[str, str]:
    """What stands before and after the age. The year decides how a day is written."""
    fields = columns.fields
    cells = [_cell(row, field, value) for field, value in zip(fields, row.cells, strict=True)]
    for at, field in enumerate(fields):
        if field.name in wider:
            cells[at] = replace(cells[at], css=f"{cells[at].css} col-wider".strip())
    link = next((at for at, field in enumerate(fields) if field.name == "number"), 0)
    cells[link] = CellMarkup(
        f"{cells[link].css} table__id".strip(),
        cells[link].label,
        cells[link].value or row.number,
        "link",
        cells[link].title,
    )
    made = macros("list_views/row.html").row(row, cells, picks, takes)
    before, _, after = str(made).partition(AGE)
    return before, after


def _cell(row: ListRow, field: Field, value: Any) -> CellMarkup:
    label = label_of(field)
    if field is AGE_SHOWN:
        return CellMarkup("table__num", label, _age(str(value)))
    if isinstance(value, datetime):
        return CellMarkup("table__num", label, _moment(value))
    text = str(value)
    if field.name == "status":
        short = text.removeprefix(PROGRESS)
        full = text if len(short) > FITS else ""
        return CellMarkup("table__status", label, short, STATUS_TONES[row.status], full)
    if field.name == "priority":
        return CellMarkup("", label, text, "high" if row.high else "")
    if field.kind == Kind.NUMBER and field.name not in NUMBERS:
        return CellMarkup("table__num", label, text)
    title = text if len(text) > FITS else ""
    if field.name == "owner_queue":
        text = text.rpartition("–")[2].strip()
    return CellMarkup("table__wide" if field.name in WIDE else "", label, text, title=title)


def _moment(value: datetime) -> Markup:
    """Day and time; of another year the day, as the time would be cut off (its title says all)."""
    return moment(value) if local(value).year == clock.today().year else day(value)


def _age(value: str) -> str:
    """The mark for an age that grows, or that of a closed case."""
    if not value.startswith(CLOSED):
        return AGE
    return span(timedelta(seconds=int(value.removeprefix(CLOSED))))
