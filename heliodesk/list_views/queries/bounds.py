"""What a filter says about a list's order, for the index that has the order: where to begin in it,
and that only open cases are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from heliodesk.cases.models import Status
from heliodesk.list_views import moments
from heliodesk.list_views.choices import CODED
from heliodesk.list_views.field_sql import NEVER
from heliodesk.list_views.fields import FIELDS, Kind
from heliodesk.list_views.filters import Condition, Filter
from heliodesk.list_views.orders import ListOrder
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


def bounds_of(filter: Filter, order: ListOrder) -> tuple[str, list[Any]]:  # noqa: A002
    """Conditions that follow from the filter and that the order's indexes know, each after an AND,
    and their values."""
    parts: list[str] = []
    values: list[Any] = []
    conditions = list(_all(filter))
    key = order.columns[order.column][0][0]
    for condition in conditions:
        for comparison, moment in _limits(condition, order.column):
            parts.append(f" AND {key} {comparison} %s")
            values.append(moment)
    is_open = any(map(_only_open, conditions))
    if order.column == "priority" and (priority := _single(conditions, "priority")):
        parts.append(" AND c.priority = %s::smallint")
        values.append(CODED["priority"][priority][0])
    if order.column == "closed_at":
        parts += [f" AND {key} = {NEVER}"] * is_open
        parts += [f" AND {key} < {NEVER}"] * any(map(_only_closed, conditions))
    elif is_open:
        parts.append(OPEN)
        if order.column == "priority" and (queue := _single(conditions, "owner_queue")):
            parts.append(" AND c.owner_queue_id = %s::bigint")
            values.append(key_of_slug("queue", queue) or 0)
    return "".join(parts), values


def _single(conditions: list[Condition], name: str) -> str:
    """The one value that the field has to have, or nothing."""
    for condition in conditions:
        values = condition.values
        if condition.field == name and condition.operator == "is" and len(values) == 1:
            return values[0]
    return ""


def _all(filter: Filter) -> Iterator[Condition]:  # noqa: A002
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


def _limits(condition: Condition, column: str) -> Iterator[tuple[str, datetime]]:
    name = condition.field
    if FIELDS[name].kind != Kind.MOMENT or condition.operator == "empty":
        return
    first, end = moments.span(condition.operator, condition.values[0])
    if first and column in NOT_BEFORE.get(name, ()):
        yield ">=", first
    if end and column in NOT_AFTER.get(name, ()):
        yield "<", end
