"""What a column shows: selected by its SQL, with names from the process (V3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from heliodesk.list_views.fields import Field, Kind
from heliodesk.list_views.fields.choices import CODED, NAMED, SLUGGED, words
from heliodesk.list_views.queries.where import Values, in_order
from heliodesk.people.access import Actor

Cell = str | int | datetime
NOTHING = ""
AT_MOST = 300  # characters of a text in a cell
IN_WORDS = CODED.keys() | SLUGGED | NAMED.keys()
NAMED_BY_SQL = {"department"}  # its column is a text already


def select(columns: Sequence[Field], *, by: Actor) -> tuple[str, list[Any]]:
    """The columns for a SELECT, each after a comma, and their values."""
    parts = "".join(f", {_selected(field)}" for field in columns)
    return in_order(parts, Values(by))


def _selected(field: Field) -> str:
    if field.kind == Kind.TEXT:
        return f"left({field.column}, {AT_MOST})"
    return f"({field.column})::text" if field.kind == Kind.MOMENT else field.column


def shown(field: Field, value: Any) -> Cell:
    """The cell of a column for what the database has."""
    if value is None or value == "":
        return NOTHING
    if field.kind == Kind.MOMENT:
        return datetime.fromisoformat(value)
    if field.kind == Kind.FLAG:
        return "Yes" if value else NOTHING
    if field.name in {"number", "previous_case"}:
        return f"{value:08d}"
    if field.of in IN_WORDS - NAMED_BY_SQL:
        return words(field, value)
    return value if isinstance(value, int) else str(value)
