"""Keeping how somebody wants a list: which columns, in which order (V3)."""

from __future__ import annotations

from collections.abc import Sequence

from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.list_views.columns import MOST
from heliodesk.list_views.fields import FIELDS
from heliodesk.list_views.models import ColumnWidths
from heliodesk.people.access import Actor

LISTS = ("cases", "queue")


@rule("V3")
def keep_columns(list_name: str, columns: Sequence[str], *, by: Actor) -> ColumnWidths:
    """Keep which columns the list has for `by`, in their order; gives the layout.

    Refuses an unknown list, unknown fields, none, and more than a list takes.
    """
    kept = _layout(list_name, by=by)
    kept.columns = sound_columns(columns)
    kept.save(update_fields=["columns"])
    return kept


@rule("V3")
def reset_layout(list_name: str, *, by: Actor) -> None:
    """The usual columns again, as wide as they usually are."""
    ColumnWidths.objects.filter(person_id=by.person_id, list=list_name).delete()


def sound_columns(columns: Sequence[str]) -> list[str]:
    """The columns, each once; refuses unknown ones, none, and more than a list takes."""
    wanted = list(dict.fromkeys(columns))
    if not wanted:
        _refuse("Choose at least one column.")
    if gone := [name for name in wanted if name not in FIELDS]:
        _refuse(f"There is no field “{gone[0][:40]}”. Choose from those that are offered.")
    if len(wanted) > MOST:
        _refuse(f"A list shows at most {MOST} columns. Take {len(wanted) - MOST} away.")
    return wanted


def _layout(list_name: str, *, by: Actor) -> ColumnWidths:
    if list_name not in LISTS:
        raise Refused(
            "list_unknown", "There is no such list. Load the page again.", rule="V3", field="list"
        )
    kept, _ = ColumnWidths.objects.select_for_update().get_or_create(
        person_id=by.person_id, list=list_name
    )
    return kept


def _refuse(message: str) -> None:
    raise Refused("columns_unsound", message, rule="V3", field="columns")
