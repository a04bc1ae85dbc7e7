"""CSV straight from PostgreSQL: it writes the lines, and they pass through a few at a time, so that
a million of them need no more memory than ten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

BOM = b"\xef\xbb\xbf"  # by which Excel knows UTF-8
BLOCK = 64 * 1024  # bytes
#: What a spreadsheet would take for the beginning of a formula.
DANGEROUS = r"'=', '+', '-', '@', E'\t', E'\r', E'\n', '＝', '＋', '－', '＠'"


@dataclass(frozen=True, slots=True)
class Line:
    """A heading, and the SQL of what stands below it."""

    heading: str
    sql: str


def harmless(sql: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula."""
    text = f"({sql})::text"
    return f"(CASE WHEN left({text}, 1) IN ({DANGEROUS}) THEN '''' || {text} ELSE {text} END)"


def moment(sql: str) -> str:
    """The moment in UTC, as ISO 8601 writes it: 2026-11-22T08:30:00Z."""
    return f"""to_char(({sql}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""


def written(
    columns: Sequence[Line], rest: str, values: Sequence[Any], *, for_excel: bool = False
) -> Iterator[tuple[bytes, int]]:
    """Blocks of the file with the number of rows in each, from SELECT … `rest`; `values` are those
    of the whole statement."""
    shown = ", ".join(f'{one.sql} AS "{_quoted(one.heading)}"' for one in columns)
    statement = f"COPY (SELECT {shown} {rest}) TO STDOUT (FORMAT csv, HEADER, ENCODING 'UTF8')"
    block, rows = bytearray(BOM if for_excel else b""), -1  # the heading is no row
    for line in _lines(statement, values):
        block += line
        rows += 1
        if len(block) >= BLOCK:
            yield bytes(block), rows
            block, rows = bytearray(), 0
    if block:
        yield bytes(block), rows


def _lines(statement: str, values: Sequence[Any]) -> Iterator[Any]:
    with transaction.atomic(), connection.cursor() as plain:
        # Compiling forty columns takes PostgreSQL longer than writing thousands of rows of them.
        plain.execute("SET LOCAL jit TO off")
        with connection.connection.cursor() as cursor, cursor.copy(statement, values) as lines:
            yield from lines


def _quoted(heading: str) -> str:
    return heading.replace('"', '""').replace("%", "%%")
