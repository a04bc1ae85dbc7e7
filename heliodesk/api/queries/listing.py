"""One row, or a page of rows, of a shape: JSON as PostgreSQL wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from heliodesk.api.queries.shape import Shape

Condition = tuple[str, Sequence[Any]]
MOST = 200  # rows of a page


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as JSON, and the sort values of the last one where there are more."""

    items: list[str]
    following: list[Any] | None


def one(shape: Shape, where: str, values: Sequence[Any]) -> str | None:
    """The first row for which the condition holds, as JSON; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {shape.json}::text FROM {shape.tables} WHERE {where} LIMIT 1",  # noqa: S608 - constants; values go beside them
            values,
        )
        found = cursor.fetchone()
    return None if found is None else str(found[0])


def rows(
    shape: Shape, conditions: Sequence[Condition], *, start: Sequence[Any] | None, limit: int
) -> Rows:
    """At most `limit` rows for which all conditions hold, in the order of the shape's keys, behind
    the sort values `start`."""
    tests = [sql for sql, _ in conditions]
    values = [value for _, given in conditions for value in given]
    keys = ", ".join(shape.keys)
    if start is not None:
        places = ", ".join(["%s"] * len(start))
        tests.append(f"({keys}) {'<' if shape.descends else '>'} ({places})")
        values += start
    order = ", ".join(f"{key}{' DESC' if shape.descends else ''}" for key in shape.keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {shape.json}::text, {keys} FROM {shape.tables}"  # noqa: S608 - constants
            f" WHERE {' AND '.join(tests) or 'true'} ORDER BY {order} LIMIT {limit + 1}",
            values,
        )
        found = cursor.fetchall()
    more = len(found) > limit
    found = found[:limit]
    return Rows([row[0] for row in found], list(found[-1][1:]) if more else None)


def those(shape: Shape, ids: Sequence[int]) -> dict[int, str]:
    """The rows with these IDs, by ID. The statement is the same whatever they were found by, so
    that PostgreSQL keeps its plan: with a filter in it, planning takes longer than running."""
    key = shape.keys[-1]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {shape.json}::text FROM {shape.tables} WHERE {key} = ANY(%s)",  # noqa: S608 - constants; values go beside them
            [list(ids)],
        )
        return dict(cursor.fetchall())


def among(column: str, visible: QuerySet[Any]) -> list[Condition]:
    """The condition that the row is one of `visible`; none where that leaves nothing out (K6)."""
    query = visible.order_by().values("pk").query
    if not query.where:
        return []
    sql, values = query.sql_with_params()
    return [(f"{column} IN ({sql})", values)]
