"""Gathering rows and copying them into PostgreSQL at once: a year of work in seconds."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb


class Table:
    """The rows of one model that are still to be written. What `add` is not told has the
    model's default; IDs go on from those that are there."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields
        self.name = model._meta.db_table
        self.columns = [str(field.column) for field in fields]
        self.blank = {field.attname: _blank(field) for field in fields}
        self.json = {field.attname for field in fields if isinstance(field, models.JSONField)}
        latest = model._default_manager.aggregate(latest=models.Max("pk"))["latest"]
        self.last_id = int(latest or 0)
        self.rows: list[dict[str, Any]] = []

    def add(self, **values: Any) -> int:
        """One more row; gives its ID. KeyError for a name that is no column."""
        unknown = values.keys() - self.blank.keys()
        if unknown:
            raise KeyError(f"{self.name} has no {', '.join(sorted(unknown))}")
        self.last_id += 1
        self.rows.append({**self.blank, **values, "id": self.last_id})
        return self.last_id

    def copy(self) -> int:
        """Write the rows and move the sequence behind them; gives how many they are."""
        table = sql.Identifier(self.name)
        columns = sql.SQL(", ").join([sql.Identifier(column) for column in self.columns])
        with connection.cursor() as cursor:
            with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns)) as copy:
                for row in self.rows:
                    copy.write_row([self._as_stored(name, row[name]) for name in self.blank])
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(%s, 1))",
                [self.name, self.last_id],
            )
        written, self.rows = len(self.rows), []
        return written

    def _as_stored(self, name: str, value: Any) -> Any:
        return Jsonb(value) if name in self.json else value


def _blank(field: Any) -> Any:
    """The field's default; PostgreSQL's own where that is a plain value."""
    if field.has_db_default() and not field.has_default():
        given = field.db_default
        return None if hasattr(given, "resolve_expression") else given
    return field.get_default()
