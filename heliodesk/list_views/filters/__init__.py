"""Filters of a list of cases, on every field (V3)."""

from __future__ import annotations

from heliodesk.list_views.filters.conditions import (
    ADDRESS,
    MOST_CONDITIONS,
    Condition,
    Filter,
    Group,
    Mode,
    address,
    query_text,
    read,
    read_text,
)

__all__ = [
    "ADDRESS",
    "MOST_CONDITIONS",
    "Condition",
    "Filter",
    "Group",
    "Mode",
    "address",
    "query_text",
    "read",
    "read_text",
]
