"""The form of one condition of a filter (V3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from heliodesk.core.refusal import Refused
from heliodesk.list_views.fields import Field, Kind
from heliodesk.list_views.filters import Condition
from heliodesk.list_views.filters.operators import EMPTY, operators
from heliodesk.list_views.filters.values import check

LENGTHS = {"last", "older", "next"}
DAYS = {"on", "before", "after"}


class Sent(Protocol):
    """What a form sends: a QueryDict."""

    def get(self, name: str, default: str = "") -> str | None: ...
    def getlist(self, name: str) -> list[str]: ...


def condition_sent(field: Field, sent: Sent) -> Condition:
    """The condition that the form describes; refuses one that makes no sense (V3)."""
    known = operators(field)
    operator = sent.get("op") or next(iter(known))
    text = _text(field, operator, sent)
    whole = f"{field.name}:{operator}:{text}"
    return Condition(field.name, operator, check(field.name, operator, text, whole))


def values_of(condition: Condition) -> Mapping[str, str | tuple[str, ...]]:
    """What the form's controls show for a condition that is there already."""
    first = condition.values[0]
    start, _, end = first.partition("..")
    return {
        "op": condition.operator,
        "values": condition.values,
        "text": first,
        "amount": first[:-1] if condition.operator in LENGTHS else "",
        "unit": first[-1:] if condition.operator in LENGTHS else "",
        "first": start,
        "last": end,
    }


def refuse_nothing_chosen(field: Field) -> Refused:
    """What is said where nothing was ticked, and no name typed."""
    return Refused(
        "value_missing",
        f"Type a part of the name that “{field.label}” is compared with.",
        rule="V3",
        field="name",
    )


def _text(field: Field, operator: str, sent: Sent) -> str:
    """The condition's value, from whichever controls belong to the operator."""

    def got(name: str) -> str:
        return (sent.get(name, "") or "").strip()

    if operator == EMPTY:
        return got("empty") or "yes"
    if field.kind in {Kind.CHOICE, Kind.PERSON}:
        return ",".join(sent.getlist("value"))
    if operator in LENGTHS:
        return f"{got('amount')}{got('unit')}"
    if operator == "between":
        return f"{got('first')}..{got('last')}"
    if field.kind == Kind.MOMENT:
        return got("day") if operator in DAYS else got("named")
    return got("value")
