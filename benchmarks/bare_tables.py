"""Tables without indexes, foreign keys and triggers, for as long as they are filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import psycopg

INDEXES = """
SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid),
    c.conname, c.contype::text
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u')
WHERE i.indrelid = ANY(%s::regclass[])
"""
FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f'
    AND (conrelid = ANY(%(names)s::regclass[]) OR confrelid = ANY(%(names)s::regclass[]))
"""
AT_ONCE = 2  # as many as the machine that it is measured on has cores
#: Triggers that work on: each of them sees a whole COPY at once, and fills another table.
USEFUL = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger
WHERE tgname IN ('search_add', 'words_added') AND tgrelid = ANY(%s::regclass[])
"""
BUILDING = "SET maintenance_work_mem = '512MB'"
KINDS = {"p": "PRIMARY KEY", "u": "UNIQUE"}


@dataclass(frozen=True)
class Index:
    """An index, or the constraint that it holds."""

    name: str
    table: str
    definition: str
    constraint: str | None
    kind: str | None

    def drop(self) -> str:
        """The statement that takes it away."""
        if self.constraint:
            return f'ALTER TABLE {self.table} DROP CONSTRAINT "{self.constraint}"'
        return f"DROP INDEX {self.name}"

    def attach(self) -> str | None:
        """What makes the built index the constraint that it was."""
        if not self.constraint:
            return None
        kind = KINDS[self.kind or ""]
        return (
            f'ALTER TABLE {self.table} ADD CONSTRAINT "{self.constraint}" {kind} USING INDEX'
            f" {self.name}"
        )


@dataclass(frozen=True)
class ForeignKey:
    """A foreign key of the tables, or of others to them."""

    table: str
    name: str
    definition: str


class BareTables:
    """Strips tables, and makes them whole again: every index, and every foreign key validated."""

    def __init__(self, url: str, tables: Iterable[str]) -> None:
        self.url, self.tables = url, list(tables)
        with self._connected() as connection:
            found = connection.execute(INDEXES, [self.tables]).fetchall()
            self.indexes = [Index(*row) for row in found]
            keys = connection.execute(FOREIGN_KEYS, {"names": self.tables}).fetchall()
            self.keys = [ForeignKey(*row) for row in keys]
            self.useful = connection.execute(USEFUL, [self.tables]).fetchall()

    def strip(self) -> None:
        """Take away all that a row that is added costs, checks aside."""
        statements = [f'ALTER TABLE {key.table} DROP CONSTRAINT "{key.name}"' for key in self.keys]
        statements += [index.drop() for index in self.indexes]
        statements += [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in self.tables]
        statements += [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in self.useful]
        self._one_by_one(statements)

    def restore(self) -> None:
        """Build it all again, the long ones first, and let PostgreSQL learn what is there."""
        sizes = self._sizes()

        def weight(index: Index) -> int:
            return sizes[index.table] * (5 if " USING gin " in index.definition else 1)

        ordered = sorted(self.indexes, key=weight, reverse=True)
        self._at_once([index.definition for index in ordered])
        self._one_by_one(
            [statement for index in self.indexes if (statement := index.attach())]
            + [
                f'ALTER TABLE {key.table} ADD CONSTRAINT "{key.name}" {key.definition} NOT VALID'
                for key in self.keys
            ]
            + [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in self.tables]
        )
        self._by_table(sizes, self._validations)
        self._by_table(sizes, lambda table: [f"VACUUM (ANALYZE) {table}"])

    def _validations(self, table: str) -> list[str]:
        names = [key.name for key in self.keys if key.table == table]
        return [f'ALTER TABLE {table} VALIDATE CONSTRAINT "{name}"' for name in names]

    def _by_table(self, sizes: dict[str, int], statements: Callable[[str], list[str]]) -> None:
        """One table's statements stand in each other's way; those of two tables do not."""
        tables = sorted({*sizes, *(key.table for key in self.keys)}, key=lambda t: -sizes.get(t, 0))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._one_by_one, map(statements, tables)))

    def _sizes(self) -> dict[str, int]:
        with self._connected() as connection:
            rows = connection.execute(
                "SELECT name, pg_table_size(name::regclass) FROM unnest(%s::text[]) name",
                [self.tables],
            )
            return dict(rows.fetchall())

    def _at_once(self, statements: list[str]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda statement: self._one_by_one([statement]), statements))

    def _one_by_one(self, statements: list[str]) -> None:
        with self._connected() as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def _connected(self) -> psycopg.Connection[tuple[Any, ...]]:
        connection = psycopg.connect(self.url, autocommit=True)
        connection.execute(BUILDING)
        return connection
