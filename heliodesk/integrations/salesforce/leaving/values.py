"""How values are written."""

from __future__ import annotations


def when(column: str, name: str) -> str:
    """A moment, in UTC with all its microseconds."""
    form = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
    return f"""to_char({column} AT TIME ZONE 'UTC', '{form}') AS "{name}\""""


def flag(column: str, name: str) -> str:
    """`true` or `false`."""
    return f'({column})::text AS "{name}"'
