"""The operators that a field of each kind is filtered by, and how they read."""

from __future__ import annotations

from heliodesk.list_views.fields import Field, Kind

IS = {"is": "is", "is_not": "is not"}
EMPTY = "empty"

OF_KIND: dict[Kind, dict[str, str]] = {
    Kind.CHOICE: IS,
    Kind.PERSON: IS,
    Kind.MOMENT: {
        "is": "is",
        "last": "in the last",
        "older": "more than … ago",
        "next": "in the next",
        "on": "on",
        "before": "before",
        "after": "after",
        "between": "between",
    },
    Kind.TEXT: {"contains": "contains", "begins": "begins with", **IS},
    Kind.NUMBER: {"is": "is", "more": "more than", "less": "less than", "between": "between"},
    Kind.FLAG: {"is": "is"},
}
WORDS = {"words": "has the words"}


def operators(field: Field) -> dict[str, str]:
    """The field's operators, each with its words; `empty` where it may hold nothing."""
    known = WORDS if field.by_words else OF_KIND[field.kind]
    return {**known, EMPTY: "is empty"} if field.may_be_empty else known
