"""What the columns are sorted by that no index has in order, in SQL on the case `c` (V3).

A key is never NULL: what is nothing comes last. Names sort by their letters in capitals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from heliodesk.list_views.fields import FIELDS, Field, Kind
from heliodesk.list_views.fields.choices import CODED
from heliodesk.list_views.fields.sql import ADDRESS, NEVER

LAST = "chr(1114111)"  # behind every text
LARGEST = "9223372036854775807"
KINDS = {Kind.MOMENT: (NEVER, datetime), Kind.NUMBER: (LARGEST, int)}
#: Sorted by a name that stands in another table: the table, and the case's own key to it.
NAMED = {
    "request_type": "cases_requesttype",
    "request_subtype": "cases_requestsubtype",
    "source": "cases_casesource",
    "owner_agent": "people_user",
    "owner_queue": "people_queue",
    "created_by": "people_user",
    "last_modified_by": "people_user",
    "reviewed_by": "people_user",
    "closed_by": "people_user",
    "closed_reason": "cases_closedreason",
}
#: These sort by what they are counted from, or by what an index has: see `list_page.SORTS_AS`.
OTHERWISE = {"age"}
#: Long texts have no order that says anything; whom somebody follows, and what is overdue now, are
#: not the same from one look to the next: a filter says these better.
UNSORTED = {"description", "review_comments", "followed_by_me", "overdue_assignment"}


@dataclass(frozen=True, slots=True)
class Groups:
    """The few values of a column: `table` where their names stand, or `known` with their keys."""

    table: str = ""
    known: tuple[tuple[int, int | str | bool], ...] = ()


def groups_of(field: Field) -> Groups | None:
    """The values of the column where they are few, so that a list can go through them."""
    if field.name in NAMED:
        return Groups(table=NAMED[field.name])
    if field.of in CODED and field.within == "{}":
        stored = [value for value, _ in CODED[field.of].values()]
        return Groups(known=tuple(enumerate(stored, start=1)))
    if field.kind == Kind.FLAG and "%(" not in field.sql:
        return Groups(known=((0, False), (1, True)))
    return None


def key_of(field: Field) -> tuple[str, type]:
    """What the column is sorted by, and the kind of its values."""
    if field.name in NAMED:
        table = NAMED[field.name]
        key = field.shown or field.sql
        name = f"(SELECT upper(n.name) FROM {table} n WHERE n.id = {key})"  # noqa: S608 - constants
        return _text(name)
    if field.of in CODED:
        known = [str(value) for value, _ in CODED[field.of].values()]
        return f"coalesce(array_position(ARRAY{known}, ({field.column})::text), 1000)", int
    if field.name == "due_for_review":
        return f"(CASE c.status WHEN 'closed' THEN {NEVER} ELSE c.review_due_from END)", datetime
    if field.kind == Kind.FLAG:
        return f"(({field.sql})::int)", int
    if field.kind in KINDS:
        nothing, kind = KINDS[field.kind]
        return f"coalesce({field.column}, {nothing})", kind
    if field.name == "property_address":
        return _text(f"nullif({ADDRESS}, '')")
    return _text(f"nullif(upper({field.column}), '')")


def _text(sql: str) -> tuple[str, type]:
    return f'(coalesce({sql}, {LAST}) COLLATE "C")', str


#: Every further column to its key.
KEYS: dict[str, tuple[str, type]] = {
    name: key_of(field) for name, field in FIELDS.items() if name not in UNSORTED | OTHERWISE
}
#: Those whose values are gone through.
GROUPS: dict[str, Groups] = {
    name: found for name in KEYS if (found := groups_of(FIELDS[name])) is not None
}
