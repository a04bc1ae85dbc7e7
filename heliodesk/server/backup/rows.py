"""What a backup has to know of the database, asked in SQL: whatever release's tables they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psycopg import Connection, sql

#: Not worth keeping, or not to be kept: who is signed in (a backup must not sign anybody in), and
#: what was computed. Unlogged tables are about the moment only.
LEFT_EMPTY = ("django_session", "core_cache")
TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relpersistence <> 'u' AND relname <> ALL(%s)
        AND NOT EXISTS (SELECT FROM pg_depend
            WHERE objid = pg_class.oid AND classid = 'pg_class'::regclass AND deptype = 'e')
    ORDER BY relname
"""
#: Tables whose rows name files of the storage.
STORING = """
    SELECT table_name, bool_or(column_name = 'sha256') FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name IN ('stored_as', 'sha256')
    GROUP BY 1 HAVING bool_or(column_name = 'stored_as') ORDER BY 1
"""
AT_A_TIME = 1000

Base = Connection[tuple[Any, ...]]


def count(base: Base) -> dict[str, int]:
    """The rows of each table that a backup keeps."""
    tables = [name for (name,) in base.execute(TABLES, [list(LEFT_EMPTY)]).fetchall()]
    counted = {}
    for table in tables:
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))
        (counted[table],) = base.execute(query).fetchone() or (0,)
    return counted


def migrations(base: Base) -> dict[str, list[str]]:
    """The migrations of each app that the database has; empty for one that holds no desk."""
    if base.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,):
        return {}
    found: dict[str, list[str]] = {}
    for app, name in base.execute("SELECT app, name FROM django_migrations ORDER BY id"):
        found.setdefault(app, []).append(name)
    return found


def is_filled(base: Base) -> bool:
    """Whether somebody's records are in it: a desk that was only migrated has none."""
    return any(
        base.execute("SELECT to_regclass(%s)", [table]).fetchone() != (None,)
        and base.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.SQL(table))).fetchone()
        for table in ("people_user", "directory_account", "cases_case")
    )


def stored(base: Base) -> Iterator[tuple[str, str | None]]:
    """The key of each file that a row names, and its checksum where the row has that."""
    for table, has_sum in base.execute(STORING).fetchall():
        query = sql.SQL("SELECT stored_as, {} FROM {} WHERE stored_as <> ''").format(
            sql.Identifier("sha256") if has_sum else sql.NULL, sql.Identifier("public", table)
        )
        with base.cursor(name=f"stored_{table}") as cursor:
            cursor.itersize = AT_A_TIME
            yield from cursor.execute(query)


def named(base: Base, keys: list[str]) -> set[str]:
    """Those of the keys that a row names now."""
    known: set[str] = set()
    for table, _ in base.execute(STORING).fetchall():
        query = sql.SQL("SELECT stored_as FROM {} WHERE stored_as = ANY(%s)").format(
            sql.Identifier("public", table)
        )
        known |= {key for (key,) in base.execute(query, [keys])}
    return known
