"""What a filter says about a list's order, for the index that has the order: where to begin in it,
and that only open cases are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from heliodesk.cases.models import Status
from heliodesk.list_views.fields import FIELDS
from heliodesk.list_views.fields.choices import CODED
from heliodesk.list_views.fields.sql import CLOSED_AT, NEVER
from heliodesk.list_views.filters import Condition, Filter, moments
from heliodesk.list_views.orders import ListOrder
from heliodesk.list_views.queries import times
from heliodesk.worklists.queries.names import key_of_slug

OPEN = " AND c.status <> 'closed'"
#: A case is created before it is closed, and before anything that moves Last Modified (S4): where
#: one begins or ends, so do these.
NOT_BEFORE = {
    "created_at": ("created_at", "last_modified_at", "closed_at"),
    "closed_at": ("closed_at",),
    "last_modified_at": ("last_modified_at",),
}
NOT_AFTER = {
    "created_at": ("created_at",),
    "closed_at": ("closed_at", "created_at"),
    "last_modified_at": ("last_modified_at", "created_at"),
}


#: A condition after an AND, with its values.
Part = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Conditions on the case `c`, each after an AND, and their values.

    `sql` follows from the filter. `usual` follows for all but the cases that took long
    (`times.LONG`), of which those of `long` are wanted; empty where it would not help.
    """

    sql: str = ""
    values: list[Any] = field(default_factory=list)
    usual: str = ""
    usual_values: list[Any] = field(default_factory=list)
    long: str = ""
    long_values: list[Any] = field(default_factory=list)

    @property
    def without_usual(self) -> Bounds:
        """Only what is always so."""
        return Bounds(self.sql, self.values)


def bounds_of(filter: Filter, order: ListOrder, *, back: bool = False) -> Bounds:
    """What the filter says about the order, which is read towards its beginning with `back`."""
    conditions = list(_all(filter))
    parts = _fixed(conditions, order.column)
    priority = _single(conditions, "priority") if order.column == "priority" else ""
    if priority:
        parts.append((" AND c.priority = %s::smallint", CODED["priority"][priority][0]))
    along = times.along(order.column, alone=bool(priority))
    if along is None:
        return Bounds(*_joined(parts))
    up = order.descends == back
    known = _joined([*parts, *_from_times(conditions, along, up=up)])
    usual = _usually(conditions, along, up=up)
    if not usual:
        return Bounds(*known)
    return Bounds(*known, *_joined(usual), *_joined(list(_own(conditions))))


def only_open(filter: Filter) -> bool:
    """Whether the filter lets no closed case through, as far as one of its conditions says so."""
    return any(map(_only_open, _all(filter)))


def only_closed(filter: Filter) -> bool:
    """The same of open cases."""
    return any(map(_only_closed, _all(filter)))


def _joined(parts: list[Part]) -> tuple[str, list[Any]]:
    return "".join(part[0] for part in parts), [value for part in parts for value in part[1:]]


def _fixed(conditions: list[Condition], column: str) -> list[Part]:
    """What holds of the order's own key by what is wanted: open ones, closed ones, one queue's."""
    is_open = any(map(_only_open, conditions))
    parts: list[Part] = []
    if column == "closed_at":
        parts += [(f" AND {CLOSED_AT} = {NEVER}",)] * is_open
        parts += [(f" AND {CLOSED_AT} < {NEVER}",)] * any(map(_only_closed, conditions))
    elif is_open:
        parts.append((OPEN,))
        if column == "priority" and (queue := _single(conditions, "owner_queue")):
            key = key_of_slug("queue", queue) or 0
            parts.append((" AND c.owner_queue_id = %s::bigint", key))
    return parts


def _from_times(conditions: list[Condition], along: times.Along, *, up: bool) -> list[Part]:
    """Where the order begins and ends, by every moment that the filter speaks of; of numbers only
    where it begins, read `up` from the earliest or down from the latest: that takes a statement."""
    return [
        along.part(comparison, moment)
        for name, comparison, moment in _limits(conditions)
        if along.at in (NOT_BEFORE if comparison == ">=" else NOT_AFTER)[name]
        and (not along.asks or up == (comparison == ">="))
    ]


def _usually(conditions: list[Condition], along: times.Along, *, up: bool) -> list[Part]:
    """Where it usually begins, read `up` from its earliest moment or down from its latest."""
    if not up and along.at == "closed_at" and not any(map(_only_closed, conditions)):
        return []  # it begins with those that are open
    wanted, known = (">=", NOT_BEFORE) if up else ("<", NOT_AFTER)
    return [
        along.part(comparison, times.usually(along.at, comparison, name, moment))
        for name, comparison, moment in _limits(conditions)
        if comparison == wanted and along.at not in known[name]
    ]


def _own(conditions: list[Condition]) -> Iterator[Part]:
    """What the filter says of moments, on the columns themselves."""
    for name, comparison, moment in _limits(conditions):
        yield f" AND {FIELDS[name].sql} {comparison} %s", moment


def _single(conditions: list[Condition], name: str) -> str:
    """The one value that the field has to have, or nothing."""
    for condition in conditions:
        values = condition.values
        if condition.field == name and condition.operator == "is" and len(values) == 1:
            return values[0]
    return ""


def _all(filter: Filter) -> Iterator[Condition]:
    for group in filter.groups:
        if group.mode == "all" or (group.mode == "any" and len(group.conditions) == 1):
            yield from group.conditions


def _only_open(condition: Condition) -> bool:
    name, values = condition.field, condition.values
    if name == "status":
        closed = Status.CLOSED.value in values
        return closed if condition.operator == "is_not" else not closed
    if name == "closed_at" and condition.operator == "empty":
        return values == ("yes",)
    return name in {"open", "due_for_review"} and values == ("yes",)


def _only_closed(condition: Condition) -> bool:
    name, operator, values = condition.field, condition.operator, condition.values
    if name == "status":
        return operator == "is" and values == (Status.CLOSED.value,)
    if name == "open":
        return values == ("no",)
    if operator == "empty":
        return name in {"closed_at", "closed_reason"} and values == ("no",)
    return name == "closed_at" or (name in {"closed_by", "closed_reason"} and operator == "is")


def _limits(conditions: list[Condition]) -> Iterator[tuple[str, str, datetime]]:
    """Each moment from which (`>=`) or before which (`<`) one of the three times has to be."""
    for condition in conditions:
        name = condition.field
        if name not in NOT_BEFORE or condition.operator == "empty":
            continue
        first, end = moments.span(condition.operator, condition.values[0])
        if first:
            yield name, ">=", first
        if end:
            yield name, "<", end
