"""Conditions as people read them: `Status is New, Closed` (V3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from heliodesk.list_views.fields import FIELDS, Field, Kind
from heliodesk.list_views.fields.choices import choices
from heliodesk.list_views.filters import Condition, Filter
from heliodesk.list_views.filters.operators import EMPTY

UNITS = {
    "h": ("hour", "hours"),
    "d": ("day", "days"),
    "w": ("week", "weeks"),
    "m": ("month", "months"),
}
NAMED = {
    "today": "today",
    "yesterday": "yesterday",
    "tomorrow": "tomorrow",
    "this_week": "this week",
    "last_week": "last week",
    "this_month": "this month",
    "last_month": "last month",
    "this_year": "this year",
}
SHOWN = 3  # values of a chip; the rest is counted
PROGRESS = "In Progress - "

#: Names of the values that only the database knows, by field and value.
Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Words:
    """A condition in words; `full` where `value` leaves some out."""

    field: str
    operator: str
    value: str
    full: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.field, self.operator, self.full) if part)


def words_of(condition: Condition, names: Names | None = None) -> Words:
    """The condition in words."""
    field = FIELDS[condition.field]
    operator, first = condition.operator, condition.values[0]
    if operator == EMPTY:
        return Words(field.label, "is empty" if first == "yes" else "is not empty", "", "")
    if field.kind == Kind.FLAG:
        return Words(field.label, "", first, first)
    if field.kind in {Kind.CHOICE, Kind.PERSON}:
        return _chosen(field, condition, names or {})
    if field.kind == Kind.MOMENT:
        return _moment(field, operator, first)
    if field.kind == Kind.NUMBER:
        return _number(field, operator, first)
    said = {"contains": "contains", "begins": "begins with", "is_not": "is not", "words": "has"}
    return Words(field.label, said.get(operator, "is"), f"“{first}”", f"“{first}”")


def length(text: str) -> str:
    """`7d` in words: `7 days`."""
    one, many = UNITS[text[-1]]
    return f"{text[:-1]} {one if text[:-1] == '1' else many}"


def labels(field: Field) -> dict[str, str]:
    """What each value of a choice is called."""
    return {one.value: one.label.removeprefix(PROGRESS) for one in choices(field)}


def unknown(filter: Filter) -> dict[str, set[str]]:
    """The values, by field, whose names are read from the database."""
    found: dict[str, set[str]] = {}
    for group in filter.groups:
        for condition in group.conditions:
            if FIELDS[condition.field].lookup and condition.operator != EMPTY:
                found.setdefault(condition.field, set()).update(condition.values)
    return found


def _chosen(field: Field, condition: Condition, names: Names) -> Words:
    known = labels(field)
    said = [
        names.get((field.name, value)) or known.get(value) or value for value in condition.values
    ]
    shown = ", ".join(said[:SHOWN])
    more = f" and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
    operator = "is" if condition.operator == "is" else "is not"
    return Words(field.label, operator, shown + more, ", ".join(said))


def _moment(field: Field, operator: str, value: str) -> Words:
    if operator in {"last", "next"}:
        words = f"in the {operator} {length(value)}"
    elif operator == "older":
        words = f"more than {length(value)} ago"
    elif operator == "is":
        words = NAMED[value]
    elif operator == "between":
        first, _, last = value.partition("..")
        words = f"{_day(first)} to {_day(last)}"
    else:
        words = f"{operator} {_day(value)}"
    return Words(field.label, "", words, words)


def _number(field: Field, operator: str, value: str) -> Words:
    said = {"more": "more than", "less": "less than"}.get(operator, "is")
    shown = value.replace("..", " to ")
    shown = f"{shown} {field.unit}" if field.unit else shown
    return Words(field.label, said, shown, shown)


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%b %-d, %Y}"
