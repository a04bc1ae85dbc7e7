"""Other cases that a feed item names: not to those who may not see them (K6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from heliodesk.cases.access import visible_cases
from heliodesk.core.numbers import whole
from heliodesk.feed import kinds
from heliodesk.people.access import Actor

#: What stands in place of the number.
ANOTHER = "another case"
#: Where an item of the kind names the other case.
NAMED = {
    kinds.CONTINUED.code: "number",
    kinds.MERGED.code: "other",
    kinds.MERGED_IN.code: "other",
    kinds.MERGE_UNDONE.code: "other",
    kinds.RELATED.code: "other",
    kinds.UNRELATED.code: "other",
}


def names_a_case(row: dict[str, Any], *, kind: str = "kind") -> bool:
    """Whether the item names another case; its kind stands under `kind`."""
    return row[kind] in NAMED


def without_unseen(
    rows: Iterable[dict[str, Any]], *, by: Actor, kind: str = "kind"
) -> list[dict[str, Any]]:
    """The items, with other cases unnamed that `by` may not see. Nothing is asked for Support,
    and where no item names one; else one statement."""
    found = list(rows)
    naming = [] if by.is_support else [row for row in found if names_a_case(row, kind=kind)]
    if not naming:
        return found
    numbers = {whole(str(row["data"].get(NAMED[row[kind]], ""))) or 0 for row in naming}
    seen = set(visible_cases(by).filter(number__in=numbers).values_list("number", flat=True))
    for row in naming:
        key = NAMED[row[kind]]
        if whole(str(row["data"].get(key, ""))) not in seen:
            row["data"] = row["data"] | {key: ANOTHER}
    return found
