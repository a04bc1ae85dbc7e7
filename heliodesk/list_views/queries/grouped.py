"""A page of a list in the order of a column of few values, such as status or owner (V3).

Where all that the filter lets through are few, they are sorted. Where they are many, the values
are gone through in their order: several at once where these have few cases, or one alone, within
which cases stand in the order in which they were created, and an index has that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from heliodesk.core.refusal import Refused
from heliodesk.list_views.fields import FIELDS, Field
from heliodesk.list_views.orders import ListOrder
from heliodesk.list_views.queries import stages
from heliodesk.list_views.queries.bounds import Bounds
from heliodesk.list_views.queries.stages import Found, Wanted
from heliodesk.list_views.sort_keys import LAST
from heliodesk.worklists.queries.cursors import Value

STEPS = 8  # looks at some of the values, at most
Key = int | str


@dataclass(frozen=True, slots=True)
class Group:
    """A place in the order: its key and the values that have it, none where there is nothing."""

    key: Key
    values: tuple[Any, ...]


def find(wanted: Wanted, order: ListOrder, start: Sequence[Value], *, back: bool,
         bounds: Callable[[ListOrder], Bounds]) -> Found | None:  # fmt: skip
    """At most `wanted.most` rows in the order by a column that has no index, from the cursor
    `start`; None where these are more than can be sorted."""
    found = stages.gathered(wanted)
    if found is not None or order.groups is None:
        return found
    down = order.descends != back
    within = ListOrder("created_at", order.descends)
    one = replace(
        wanted, bounds=bounds(within), ordered=within.by(back=back), along=True,
        keys=[key for key, _ in within.columns[within.column]],
    )  # fmt: skip
    left = [
        group
        for group in _groups(order, down=down)
        if not start or (group.key <= start[0] if down else group.key >= start[0])  # type: ignore[operator]
    ]
    return Found(_walk(wanted, one, left, order, start, within.beyond([0, 0], back=back)))


def too_many_to_sort(field: Field) -> Refused:
    """What is said of a list that is too long for an order by this column."""
    return Refused(
        "too_many_to_sort",
        f"More than {stages.GATHERED:,} cases are like that, too many to sort by “{field.label}”: "
        "here they are, the newest first. Narrow the filter to sort by it.",
        rule="V3",
    )


def _walk(
    wanted: Wanted, one: Wanted, left: list[Group], order: ListOrder, start: Sequence[Value],
    beyond: str,
) -> list[Any]:  # fmt: skip
    rows: list[Any] = []
    shares = _shares(FIELDS[order.column])
    for _ in range(STEPS):
        if not left or len(rows) >= wanted.most:
            return rows
        batch, most = left[: _together(left, shares)], wanted.most - len(rows)
        found = None
        if len(batch) > 1:
            found = stages.gathered(_of(wanted, order, batch, most))
        if found is None:
            batch = batch[:1]
            alone = replace(_of(one, order, batch, most), beyond="", start=())
            if start and batch[0].key == start[0]:
                alone = replace(alone, beyond=beyond, start=start[1:])
            found = stages.find(alone)
        rows += found.rows
        left = left[len(batch) :]
    if left and len(rows) < wanted.most:
        raise stages.too_much()
    return rows


def _together(left: Sequence[Group], shares: dict[str, float]) -> int:
    """How many of the next values have few cases together, as far as PostgreSQL knows."""
    share, many = 0.0, shares.get("", 1.0)
    for count, group in enumerate(left):
        share += sum(shares.get(str(value), many) for value in group.values) or shares.get("", 1.0)
        if share > 1:
            return max(count, 1)
    return len(left)


def _shares(field: Field) -> dict[str, float]:
    """What each frequent value of the column takes up of what is gathered at most, and under ""
    what any other does; nothing where the column is worked out, or PostgreSQL has not looked."""
    letter, _, column = field.sql.partition(".")
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
    part = total / stages.GATHERED
    return {"": rest * part} | {
        value: share * part for value, share in zip(values or [], often, strict=True)
    }


def _of(wanted: Wanted, order: ListOrder, groups: Sequence[Group], most: int) -> Wanted:
    """The same of these groups alone."""
    field = FIELDS[order.column]
    keys = [value for group in groups for value in group.values]
    tests, values = [], list(wanted.values)
    if isinstance(keys[0] if keys else None, bool):
        tests = [f"({field.sql})" if value else f"(({field.sql}) IS NOT TRUE)" for value in keys]
    elif keys:
        kind = "text" if isinstance(keys[0], str) else field.cast
        tests.append(field.within.format(f"{field.sql} = ANY(%s::{kind}[])"))
        values.append(keys)
    if not all(group.values for group in groups):
        tests.append(field.empty or f"{field.sql} IS NULL")
    condition = f"{wanted.condition} AND ({' OR '.join(tests)})"
    return replace(wanted, condition=condition, values=values, most=most)


def _groups(order: ListOrder, *, down: bool) -> list[Group]:
    """The column's values in their order; those that are called the same are one."""
    groups = order.groups
    if groups is None:
        return []
    if not groups.table:
        found = [Group(key, (value,)) for key, value in groups.known]
        if FIELDS[order.column].may_be_empty:
            found.append(Group(1_000, ()))
        return found[::-1] if down else found
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT upper(name) COLLATE "C" AS key, array_agg(id) FROM {groups.table}'  # noqa: S608
            f" GROUP BY key UNION ALL SELECT {LAST}, NULL ORDER BY key"
        )
        found = [Group(key, tuple(values or ())) for key, values in cursor.fetchall()]
    return found[::-1] if down else found
