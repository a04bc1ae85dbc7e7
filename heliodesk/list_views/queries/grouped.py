"""A page of a list in the order of a column of few values, such as status or owner (V3).

Where all that the filter lets through are few, they are sorted. Where they are many, the values
are gone through in their order: several at once where these have few cases, or one alone, within
which cases stand in the order in which they were created, and an index has that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from heliodesk.core.refusal import Refused
from heliodesk.list_views.fields import FIELDS, Field
from heliodesk.list_views.fields.choices import others
from heliodesk.list_views.filters import Filter
from heliodesk.list_views.orders import ListOrder
from heliodesk.list_views.queries import stages
from heliodesk.list_views.queries.bounds import OPEN, Bounds, only_closed
from heliodesk.list_views.queries.groups import (
    ALL,
    Group,
    Key,
    empty,
    groups_of,
    implied,
    share_of,
    shares,
)
from heliodesk.list_views.queries.stages import Found, Wanted
from heliodesk.people.access import Actor
from heliodesk.worklists.queries.cursors import Value

STEPS = 8  # looks at some of the values, at most
MISSED = 3  # of these that may find nothing, where sorting all takes no longer than more of them
SCATTERED = 3  # times what a case costs that stands beside the one before
TARGET = 200  # cases that are hoped for from several values at once, at first


@dataclass(frozen=True, slots=True)
class Size:
    """A group, how many of its cases the filter is expected to let through, how many it has, and
    how many cases there are in all."""

    group: Group
    expected: float
    whole: float
    of: float

    def is_few(self, most: int) -> bool:
        """Whether it takes less to gather the group than to walk along the order, where the cases
        stand beside each other: so many of them are passed for each that is wanted."""
        passed = most * self.of / max(self.expected, 1)
        return self.expected <= stages.GATHERED and self.whole * SCATTERED < passed


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the order, from the cursor `start` on, towards the beginning with `back`,
    and what the filter says about another order."""

    order: ListOrder
    filter: Filter
    start: Sequence[Value]
    back: bool
    by: Actor
    bounds: Callable[[ListOrder], Bounds]

    @property
    def within(self) -> ListOrder:
        """The order of the cases of one value."""
        return ListOrder("created_at", self.order.descends)

    def sizes(self, expected: float) -> list[Size]:
        """The values from the cursor on, in their order, of a filter that lets through as many as
        are expected."""
        down = self.order.descends != self.back
        groups = groups_of(self.order, self.filter, down=down, by=self.by)
        known = shares(FIELDS[self.order.column])
        if self.order.column == "closed_by" and not only_closed(self.filter):
            known = known | {None: 1.0}  # how many are open is not known
        parts = [share_of(group, known) for group in groups]
        whole = min(sum(parts), 1.0) or 1.0
        return [
            Size(group, expected * part / whole, known.get(ALL, 0) * part, known.get(ALL, 0))
            for group, part in zip(groups, parts, strict=True)
            if not self.start or _is_behind(group.key, self.start[0], down=down)
        ]


def find(wanted: Wanted, asked: Asked) -> Found | None:
    """At most `wanted.most` rows in the order by a column that has no index; None where these are
    more than can be sorted. Its count is only what there are at least, where more were not looked
    for."""
    if asked.order.groups is None:
        return stages.gathered(wanted)
    guess, at_least = stages.estimated(wanted), None
    if guess.rows <= stages.SORTABLE and not guess.is_dear:
        found = stages.gathered(wanted)
        if found is not None:
            return found
        at_least = stages.GATHERED + 1
    rows = _walk(wanted, asked, max(guess.rows, stages.GATHERED))
    if rows is not None:
        return Found(rows, at_least)
    return stages.gathered(wanted, stages.MANY)


def newest_first(wanted: Wanted, asked: Asked) -> Wanted:
    """The same in the order in which they were created, the newest first: for a count beside it."""
    order = ListOrder.named("-created_at")
    return replace(wanted, ordered=order.by(), bounds=asked.bounds(order))


def too_many_to_sort(field: Field) -> Refused:
    """What is said of a list that is too long for an order by this column."""
    return Refused(
        "too_many_to_sort",
        f"More than {stages.GATHERED:,} cases are like that, too many to sort by “{field.label}”: "
        "here they are, the newest first. Narrow the filter to sort by it.",
        rule="V3",
    )


def _walk(wanted: Wanted, asked: Asked, expected: float) -> list[Any] | None:
    """The rows by going through the values; None where they are not found in `STEPS`, or where some
    of these found nothing and all can be sorted instead."""
    rows: list[Any] = []
    left, target, missed = asked.sizes(expected), TARGET, 0
    for _ in range(STEPS):
        if not left or len(rows) >= wanted.most:
            return rows
        count, most = _together(left, asked.order, target), wanted.most - len(rows)
        found = None
        if count > 1:
            batch = [size.group for size in left[:count]]
            found = stages.gathered(_of(wanted, asked, batch, most))
        if found is None:
            count, found = 1, _of_one(wanted, asked, left[0], most)
        rows += found.rows
        left, target = left[count:], target * 2 if count > 1 else target
        missed += not found.rows
        if missed == MISSED and expected <= stages.MANY / 2:
            break
    return rows if not left or len(rows) >= wanted.most else None


def _of_one(wanted: Wanted, asked: Asked, size: Size, most: int) -> Found:
    """The rows of one group, along the order in which they were created, or sorted where it has
    fewer cases than would be passed on the way."""
    within, group = asked.within, size.group
    bounds = asked.bounds(within)
    known = implied(asked.order, [group])
    one = replace(
        _of(wanted, asked, [group], most), ordered=within.by(back=asked.back), along=True,
        keys=[key for key, _ in within.columns[within.column]], beyond="", start=(),
        bounds=replace(bounds, sql=known + bounds.sql.replace(OPEN, "") if known else bounds.sql),
    )  # fmt: skip
    if asked.start and group.key == asked.start[0]:
        beyond = within.beyond([0, 0], back=asked.back)
        one = replace(one, beyond=beyond, start=asked.start[1:])
    gathers = None if not (known or size.of) else not known and size.is_few(most)
    return stages.find(one, gathers=gathers)


def _is_behind(key: Key, first: Value, *, down: bool) -> bool:
    return key <= first if down else key >= first  # type: ignore[operator]  # both of one column


def _together(left: Sequence[Size], order: ListOrder, target: float) -> int:
    """How many of the next values have few cases together, as far as is known; one that an index
    has alone stays alone."""
    total = 0.0
    for count, size in enumerate(left):
        total += size.expected
        if total > target or implied(order, [size.group]):
            return max(count, 1)
    return len(left)


def _of(wanted: Wanted, asked: Asked, groups: Sequence[Group], most: int) -> Wanted:
    """The same of these groups alone."""
    order, field = asked.order, FIELDS[asked.order.column]
    keys = [value for group in groups for value in group.values]
    tests, values = [], list(wanted.values)
    if isinstance(keys[0] if keys else None, bool):
        tests = [f"({field.sql})" if value else f"(({field.sql}) IS NOT TRUE)" for value in keys]
    elif keys:
        kind = "text" if isinstance(keys[0], str) else field.cast
        rest = others(field, keys[0]) if len(keys) == 1 else []
        test = f"<> ALL(%s::{kind}[])" if rest else f"= ANY(%s::{kind}[])"
        tests.append(field.within.format(f"{field.sql} {test}"))
        values.append(rest or keys)
    if not all(group.values for group in groups):
        tests.append(empty(field, asked.filter))
    condition = f"{wanted.condition} AND ({' OR '.join(tests)}){implied(order, groups)}"
    return replace(wanted, condition=condition, values=values, most=most)
