"""The values of a column that a list goes through, in the order of their names (V3)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from heliodesk.list_views.fields import FIELDS, Field, Kind
from heliodesk.list_views.fields.choices import stored
from heliodesk.list_views.filters import Condition, Filter
from heliodesk.list_views.filters.operators import EMPTY
from heliodesk.list_views.orders import ListOrder
from heliodesk.list_views.orders.sort_keys import LAST
from heliodesk.list_views.queries.bounds import OPEN, only_closed, only_open
from heliodesk.people.access import Actor

Key = int | str
KNOWN_FOR = 60  # seconds
#: What part of all cases has each frequent value, under "" what any other has, under None those
#: with nothing; under `ALL` how many cases there are.
Shares = dict[str | None, float]
ALL = "*"
OF_QUEUES = " AND c.owner_queue_id IS NOT NULL"
#: What follows from a value but those `ELSEWHERE`, or from none, as an index knows it that has
#: these cases alone.
WITH = {
    "owner_queue": OF_QUEUES,
    "open": OPEN,
    "contract_gap": " AND c.contract_gap <> ''",
}
ELSEWHERE: dict[str, set[Any]] = {
    "owner_queue": set(),
    "status": {"closed"},
    "open": {False},
    "contract_gap": {""},
}
WITHOUT = {
    "owner_agent": OF_QUEUES,
    "closed_reason": OPEN,
    "last_modified_by": " AND c.last_modified_by_id IS NULL",
}

#: Whether a case that is open, or closed, may have the value.
OF_OPEN: dict[str, Callable[[Any], bool]] = {
    "status": lambda value: value != "closed",
    "open": lambda value: value is True,
    "closed_reason": lambda value: value is None,
    "closed_by": lambda value: value is None,
}
OF_CLOSED: dict[str, Callable[[Any], bool]] = {
    "status": lambda value: value == "closed",
    "open": lambda value: value is False,
    "closed_reason": lambda value: value is not None,
}


@dataclass(frozen=True, slots=True)
class Group:
    """A place in the order: its key and the values that have it, none where there is nothing."""

    key: Key
    values: tuple[Any, ...]


def groups_of(order: ListOrder, filter: Filter, *, down: bool, by: Actor) -> list[Group]:
    """The column's values in their order, but those that the filter leaves out; those that are
    called the same are one."""
    tests = [
        _test(condition, holds=holds, by=by) for condition, holds in _about(order.column, filter)
    ]
    tests += _of_open(order.column, filter)
    found = []
    for group in _all(order):
        left = tuple(value for value in group.values if all(test(value) for test in tests))
        if left or (not group.values and all(test(None) for test in tests)):
            found.append(Group(group.key, left))
    return found[::-1] if down else found


def implied(order: ListOrder, groups: Sequence[Group]) -> str:
    """What holds of all cases of these groups, after an AND, for an index that has them alone."""
    values = {value for group in groups for value in group.values}
    if not values:
        return WITHOUT.get(order.column, "")
    if not all(group.values for group in groups) or values & ELSEWHERE.get(order.column, values):
        return ""
    if order.column == "status":
        return OPEN + (f" AND c.status = '{values.pop()}'" if len(values) == 1 else "")
    return WITH[order.column]


def empty(field: Field, filter: Filter) -> str:
    """What holds of a case that has no value."""
    if field.name == "closed_by" and only_closed(filter):  # an index knows these
        return field.within.format(f"{field.sql} IS NULL")
    return field.empty or f"{field.sql} IS NULL"


def share_of(group: Group, known: Shares) -> float:
    """What part of all cases the group has, as far as PostgreSQL knows."""
    other = known.get("", 1.0)
    return sum(known.get(str(value), other) for value in group.values) or known.get(None, 1.0)


def shares(field: Field) -> Shares:
    """What part of all cases has each value, as far as PostgreSQL knows; nothing where the column
    is worked out, or PostgreSQL has not looked."""
    return _shares(field.sql, int(time.monotonic() / KNOWN_FOR))


@lru_cache(maxsize=256)
def _shares(sql: str, minute: int) -> Shares:
    letter, _, column = sql.partition(".")
    table = {"c": "cases_case", "o": "cases_closure"}.get(letter, "")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.most_common_vals::text::text[], s.most_common_freqs, s.n_distinct,"
            " s.null_frac, t.reltuples FROM pg_stats s JOIN pg_class t ON t.oid = %s::regclass"
            " WHERE s.schemaname = current_schema() AND s.tablename = %s AND s.attname = %s",
            [table or None, table, column],
        )
        known = cursor.fetchone()
    if known is None or known[4] <= 0:
        return {}
    values, often, distinct, null, total = known
    often = often or []
    others = (distinct if distinct > 0 else -distinct * total) - len(often)
    rest = max(0.0, 1 - sum(often) - null) / max(others, 1)
    return {"": rest, None: null, ALL: total} | dict(zip(values or [], often, strict=True))


def _about(column: str, filter: Filter) -> Iterator[tuple[Condition, bool]]:
    """Each condition that the filter puts on the column, and whether it has to hold or must not."""
    for group in filter.groups:
        if group.mode == "any" and len(group.conditions) > 1:
            continue
        for condition in group.conditions:
            if condition.field == column:
                yield condition, group.mode != "none"


def _of_open(column: str, filter: Filter) -> list[Callable[[Any], bool]]:
    """The test that open cases have the value, or closed ones, where only these are let through."""
    known = [OF_OPEN] * only_open(filter) + [OF_CLOSED] * only_closed(filter)
    return [tests[column] for tests in known if column in tests]


def _test(condition: Condition, *, holds: bool, by: Actor) -> Callable[[Any], bool]:
    """Whether a value of the column may be let through."""
    field, values = FIELDS[condition.field], condition.values
    if condition.operator == EMPTY:
        return lambda value: ((value is None) == (values[0] == "yes")) == holds
    if field.kind == Kind.FLAG:
        return lambda value: (value == (values[0] == "yes")) == holds
    keys = {stored(field, value, me=by.user_id) for value in values}
    return lambda value: ((value in keys) == (condition.operator == "is")) == holds


def _all(order: ListOrder) -> list[Group]:
    """Every value of the column in the order of their names."""
    groups = order.groups
    if groups is None:
        return []
    if not groups.table:
        found = [Group(key, (value,)) for key, value in groups.known]
        return [*found, Group(1_000, ())] if FIELDS[order.column].may_be_empty else found
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT upper(name) COLLATE "C" AS key, array_agg(id) FROM {groups.table}'  # noqa: S608 - a constant
            f" GROUP BY key UNION ALL SELECT {LAST}, NULL ORDER BY key"
        )
        return [Group(key, tuple(values or ())) for key, values in cursor.fetchall()]
