"""How a row becomes JSON in PostgreSQL: a shape, and the SQL of its parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """The JSON of a row, the tables it is read from, and what lists of it are sorted by."""

    json: str
    tables: str
    keys: tuple[str, ...]
    descends: bool = False


def json_of(**parts: str) -> str:
    """SQL of a JSON object: each name with the SQL of its value."""
    return f"json_build_object({', '.join(f'{text(name)}, {sql}' for name, sql in parts.items())})"


def text(constant: str) -> str:
    """SQL of a constant text, which holds no quotes."""
    return f"'{constant}'"


def unless_empty(key: str, made: str) -> str:
    """SQL of what is made, or of null where the reference `key` is empty."""
    return f"CASE WHEN {key} IS NOT NULL THEN {made} END"


def named(table: str) -> str:
    """SQL of the ID and the name of a row, by the alias of its table."""
    return json_of(id=f"{table}.id", name=f"{table}.name")


def case_number(sql: str) -> str:
    """SQL of a case number as it is shown, with its zeros."""
    return f"lpad(({sql})::text, 8, '0')"
