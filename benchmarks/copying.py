"""Filling tables by COPY, with the model's defaults for every column that is not named."""

from __future__ import annotations

from datetime import datetime

import psycopg
from django.db import models

NULL = "\\N"


class Lines:
    """The rows of one model that are still to be written. `names` are the columns that `add` is
    told, separated by spaces.

    Values are None, int, or str without tab and backslash; a line break is written `\\n`.
    """

    def __init__(self, model: type[models.Model], names: str) -> None:
        named = names.split()
        rest = [field for field in model._meta.concrete_fields if field.column not in named]
        rest = [field for field in rest if not _filled_by_database(field)]
        columns = ", ".join([*named, *(str(field.column) for field in rest)])
        self.statement = f"COPY {model._meta.db_table} ({columns}) FROM STDIN"
        self.tail = "".join("\t" + _text(_default(field)) for field in rest) + "\n"
        self.rows: list[str] = []

    def add(self, *values: object) -> None:
        """One more row."""
        texts = [
            value if value.__class__ is str else NULL if value is None else str(value)
            for value in values
        ]
        self.rows.append("\t".join(texts) + self.tail)

    def copy(self, connection: psycopg.Connection[object]) -> None:
        """Write the rows."""
        with connection.cursor() as cursor, cursor.copy(self.statement) as target:
            target.write("".join(self.rows))
        self.rows.clear()


def _filled_by_database(field: models.Field[object, object]) -> bool:
    return field.generated or field.has_db_default() or getattr(field, "primary_key", False)


def _default(field: models.Field[object, object]) -> object:
    if getattr(field, "auto_now_add", False):
        return "2024-01-01T00:00:00+00:00"
    given = field.get_default()
    return "{}" if given in ({}, []) else given  # JSON, or an array


def _text(value: object) -> str:
    if value is None:
        return NULL
    if isinstance(value, datetime):
        return value.isoformat()
    return str(int(value)) if isinstance(value, int) else str(value)
