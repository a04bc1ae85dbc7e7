"""The columns of a list view: any fields, in any order (V3)."""

from __future__ import annotations

from collections.abc import Iterable

from heliodesk.core.refusal import Refused
from heliodesk.list_views.fields import FIELDS, Field

USUAL = (
    "number",
    "customer",
    "request_subtype",
    "status",
    "owner_agent",
    "owner_queue",
    "created_at",
)
MOST = 20


def read_columns(text: str) -> tuple[tuple[Field, ...], list[Refused]]:
    """The columns named in the address, separated by commas, and a refusal for each that is gone;
    the usual ones where none is left."""
    named = list(dict.fromkeys(name for name in text.split(",") if name))
    refused = [_gone(name) for name in named if name not in FIELDS]
    known = [name for name in named if name in FIELDS]
    if len(known) > MOST:
        refused.append(_too_many())
    return columns(known[:MOST] or USUAL), refused


def columns(names: Iterable[str]) -> tuple[Field, ...]:
    """The fields of these names."""
    return tuple(FIELDS[name] for name in names)


def _gone(name: str) -> Refused:
    return Refused(
        "field_gone",
        f"The column “{name[:40]}” is gone, or there never was one. Choose another; the other "
        "columns stand.",
        rule="V3",
        about={"column": name},
    )


def _too_many() -> Refused:
    return Refused(
        "too_many_columns",
        f"A list shows at most {MOST} columns: the first {MOST} are shown. Take some away.",
        rule="V3",
    )
