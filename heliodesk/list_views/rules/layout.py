"""Keeping how somebody wants a list: which columns, in which order, how wide (V3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.list_views.columns import MOST
from heliodesk.list_views.fields import FIELDS
from heliodesk.list_views.models import ListLayout
from heliodesk.people.access import Actor
from heliodesk.worklists.queries.names import key_of_slug

ALL_CASES = "cases"
OF_QUEUE = "queue/"  # and its slug: each queue keeps its own
WIDTHS = range(40, 1_201)  # pixels


@rule("V3")
def keep_columns(list_name: str, columns: Sequence[str], *, by: Actor) -> ListLayout:
    """Keep which columns the list has for `by`, in their order; gives the layout.

    Refuses an unknown list, unknown fields, none, and more than a list takes.
    """
    _require_list(list_name)
    kept = lock_layout(list_name, by=by)
    kept.columns = sound_columns(columns)
    kept.save(update_fields=["columns"])
    return kept


@rule("V3")
def keep_widths(list_name: str, widths: Mapping[str, int], *, by: Actor) -> ListLayout:
    """Keep how wide the columns of a list are for `by`, in pixels; gives the layout. Columns that
    are not named, unknown, or given a width that no screen has stay as they are.

    Refuses an unknown list.
    """
    _require_list(list_name)
    sound = {
        column: width
        for column, width in widths.items()
        if column in FIELDS and type(width) is int and width in WIDTHS
    }
    kept = lock_layout(list_name, by=by)
    kept.widths |= sound
    kept.save(update_fields=["widths"])
    return kept


@rule("V3")
def reset_layout(list_name: str, *, by: Actor) -> None:
    """The usual columns again, as wide as they usually are."""
    ListLayout.objects.filter(person_id=by.person_id, list=list_name).delete()


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


def lock_layout(list_name: str, *, by: Actor) -> ListLayout:
    """The layout of the list that `by` has, or a new one, locked until the transaction ends."""
    kept, _ = ListLayout.objects.select_for_update().get_or_create(
        person_id=by.person_id, list=list_name
    )
    return kept


def _require_list(list_name: str) -> None:
    slug = list_name.removeprefix(OF_QUEUE)
    is_queue = slug != list_name and key_of_slug("queue", slug) is not None
    if list_name != ALL_CASES and not is_queue:
        raise Refused(
            "list_unknown", "There is no such list. Load the page again.", rule="V3", field="list"
        )


def _refuse(message: str) -> None:
    raise Refused("columns_unsound", message, rule="V3", field="columns")
