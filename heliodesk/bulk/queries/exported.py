"""A list of cases as CSV: its columns in words, its order, all of its rows (V3, K6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from heliodesk.bulk.csv import Line, harmless, moment, written
from heliodesk.bulk.queries.selected import condition
from heliodesk.bulk.selection import Selection
from heliodesk.list_views.fields import FIELDS, Field, Kind
from heliodesk.list_views.fields.choices import CODED
from heliodesk.list_views.orders import order_named
from heliodesk.list_views.queries.where import Values, in_order
from heliodesk.people.access import Actor

#: As many are written while the browser waits; more are written by a worker.
AT_ONCE = 5_000

TABLES = {
    "person": "people_user",
    "type": "cases_requesttype",
    "subtype": "cases_requestsubtype",
    "source": "cases_casesource",
    "closed_reason": "cases_closedreason",
    "queue": "people_queue",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is exported: which cases, which columns by name, in which order, and for what."""

    over: Selection
    columns: tuple[str, ...]
    order: str
    for_excel: bool = False


def is_large(wanted: Wanted, *, by: Actor) -> bool:
    """Whether there are more rows than are written while the browser waits; refuses as
    `selected.condition` does. One SQL statement."""
    chosen, values = condition(wanted.over, by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM cases_case c"  # noqa: S608 - no text
            f" WHERE {chosen} LIMIT {AT_ONCE + 1}) found",
            values,
        )
        found: int = cursor.fetchone()[0]
    return found > AT_ONCE


def exported(wanted: Wanted, *, by: Actor) -> Iterator[tuple[bytes, int]]:
    """The file in blocks, with the number of rows in each; only cases that `by` may see."""
    lines, more = _lines([FIELDS[name] for name in wanted.columns], by)
    chosen, values = condition(wanted.over, by=by)
    order = order_named(wanted.order).by()
    rest = f"FROM cases_case c WHERE {chosen} ORDER BY {order}"
    yield from written(lines, rest, [*more, *values], for_excel=wanted.for_excel)


def _lines(fields: Sequence[Field], by: Actor) -> tuple[list[Line], list[Any]]:
    lines, values = [], []
    for field in fields:
        sql, needed = in_order(_cell(field), Values(by))
        lines.append(Line(field.label, sql))
        values += needed
    return lines, values


def _cell(field: Field) -> str:
    """The SQL of a cell, as people read it."""
    if field.name in {"number", "previous_case"}:
        return f"lpad(({field.column})::text, 8, '0')"
    if field.name == "age":
        return f"round(({field.sql})::numeric, 1)"
    if field.kind == Kind.MOMENT:
        return moment(field.column)
    if field.kind == Kind.FLAG:
        return f"(CASE WHEN {field.column} THEN 'Yes' ELSE 'No' END)"
    if field.of in TABLES:
        table = TABLES[field.of]
        return harmless(f"(SELECT x.name FROM {table} x WHERE x.id = {field.column})")  # noqa: S608 - constants
    if field.of in CODED:
        return _coded(field)
    return field.column if field.kind == Kind.NUMBER else harmless(field.column)


def _coded(field: Field) -> str:
    known = CODED[field.of].values()
    words = " ".join(f"WHEN '{stored}' THEN '{said}'" for stored, said in known)
    return f"(CASE ({field.column})::text {words} END)"
