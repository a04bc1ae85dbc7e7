"""Orders that go along time: where in them the cases of a time begin and end (V3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from heliodesk.list_views.fields.sql import CLOSED_AT

#: Created, Last Modified and Closed of a case lie near to each other, unless it took long: closing
#: moves Last Modified (S4), and little does after it.
LONG = """(greatest(c.last_modified_at, c.closed_at) - c.created_at > interval '30 days'
    OR c.closed_at > c.last_modified_at OR c.last_modified_at - c.closed_at > interval '1 day')"""
_MONTH, _DAY, _NONE = timedelta(days=30), timedelta(days=1), timedelta(0)
_BEFORE = {("last_modified_at", "closed_at"): _NONE, ("closed_at", "last_modified_at"): _DAY}


def usually(at: str, comparison: str, name: str, moment: datetime) -> datetime:
    """From (`>=`) or before (`<`) when the time `at` usually is, where `name` is from or before the
    moment."""
    if comparison == ">=":
        return moment - _BEFORE.get((at, name), _MONTH)
    return moment + _BEFORE.get((name, at), _MONTH)


#: Numbers follow creation but for those that were moved in (M1), so that no number says when. An
#: index knows the days of each 4,096 numbers: these are gone through, one step each, from one end
#: to the first that has a case of the time, and then the numbers there.
_NUMBERED = """WITH RECURSIVE blocks(block, is_there) AS (
    SELECT {outside}::bigint, false
    UNION ALL SELECT beside.block, EXISTS (SELECT FROM cases_case n
        WHERE n.number >> 12 = beside.block
        AND (n.created_at AT TIME ZONE 'UTC')::date {comparison}= %s::date)
    FROM blocks, LATERAL (SELECT n.number >> 12 AS block FROM cases_case n
        WHERE n.number >> 12 {beside} blocks.block ORDER BY 1 {way} LIMIT 1) beside
    WHERE NOT blocks.is_there)
SELECT n.number FROM blocks, LATERAL (
    SELECT n.number, n.created_at FROM cases_case n
    WHERE n.number >> 12 = block ORDER BY n.number {way} OFFSET 0) n
WHERE is_there AND n.created_at {comparison}= %s LIMIT 1"""
_FIRST = _NUMBERED.format(outside=-1, comparison=">", beside=">", way="")
_LAST = _NUMBERED.format(outside=2**63 - 1, comparison="<", beside="<", way="DESC")


@dataclass(frozen=True, slots=True)
class Along:
    """The time `at` that an order goes along; `part` gives the condition that a case of it is from
    (`>=`) or before (`<`) a moment, with its value, as the order's index knows it."""

    at: str
    part: Callable[[str, datetime], tuple[Any, ...]]
    asks: bool = False  # whether it takes a statement


def along(column: str, *, alone: bool) -> Along | None:
    """The time that the order by this column goes along; of the order by priority `alone` one
    priority is wanted."""
    if column == "number":
        return Along("created_at", _numbered, asks=True)
    if column == "priority":
        return Along("created_at", _on("c.created_at")) if alone else None
    keys = {"created_at": "c.created_at", "last_modified_at": "c.last_modified_at"}
    key = (keys | {"closed_at": CLOSED_AT}).get(column)
    return Along(column, _on(key)) if key else None


def _on(key: str) -> Callable[[str, datetime], tuple[Any, ...]]:
    return lambda comparison, moment: (f" AND {key} {comparison} %s", moment)


def _numbered(comparison: str, moment: datetime) -> tuple[Any, ...]:
    up = comparison == ">="
    with connection.cursor() as cursor:
        cursor.execute(_FIRST if up else _LAST, [moment.astimezone(UTC).date(), moment])
        found = cursor.fetchone()
    return f" AND c.number {'>=' if up else '<='} %s", found[0] if found else _NO_NUMBER[up]


_NO_NUMBER = {True: 2**63 - 1, False: -1}
