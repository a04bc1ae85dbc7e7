"""Filling a table by COPY, with the model's defaults for every column that is not named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import connection, models

LINES_AT_ONCE = 2_000


def copy(model: type[models.Model], names: str, rows: Iterable[tuple[object, ...]]) -> None:
    """COPY `rows` into the model's table; `names` are the columns in the rows, separated by spaces.

    Values are None, int, datetime or str without tab, line break and backslash.
    """
    named = names.split()
    rest = [field for field in model._meta.concrete_fields if field.column not in named]
    rest = [field for field in rest if not field.generated and not _filled_by_database(field)]
    columns = ", ".join([*named, *(str(field.column) for field in rest)])
    tail = "".join("\t" + _text(_default(field)) for field in rest) + "\n"
    statement = f"COPY {model._meta.db_table} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as target:
        for lines in _chunks("\t".join(map(_text, row)) + tail for row in rows):
            target.write(lines)


def start_sequence_after(model: type[models.Model], last: int) -> None:
    """The table's own IDs go on above `last`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, last]
        )


def _chunks(lines: Iterator[str]) -> Iterator[str]:
    while chunk := "".join(islice(lines, LINES_AT_ONCE)):
        yield chunk


def _filled_by_database(field: models.Field[object, object]) -> bool:
    return field.has_db_default() or getattr(field, "primary_key", False)


def _default(field: models.Field[object, object]) -> object:
    if getattr(field, "auto_now_add", False):
        return datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    return "{}" if isinstance(field, models.JSONField) else field.get_default()


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, datetime):
        return value.isoformat()
    return str(int(value)) if isinstance(value, int) else str(value)
