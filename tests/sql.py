"""Trying to break what PostgreSQL holds, by plain SQL."""

from __future__ import annotations

from django.db import Error, connection, transaction


def breach(sql: str, *params: str | int) -> str:
    """The name of the constraint that refuses this statement (or would at the end of the
    transaction); fails where none does. Nothing of the statement stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql, params)
    except Error as error:
        diag = getattr(error.__cause__, "diag", None)
        return str(getattr(diag, "constraint_name", "") or error)
    raise AssertionError(f"PostgreSQL took it: {sql}")
