"""A queryset inside a statement that is written out: the one predicate stays the one (K6, A6)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet


def with_names(rows: QuerySet[Any, Any], name: str) -> tuple[str, dict[str, Any]]:
    """The queryset's SQL, its values by names that begin with `name`."""
    sql, values = rows.query.sql_with_params()
    named = {f"{name}{place}": value for place, value in enumerate(values)}
    return sql % tuple(f"%({key})s" for key in named), named
