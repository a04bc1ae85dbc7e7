"""Values of fields that are too many for a list: proposed by what was typed, and named (V3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from heliodesk.core.numbers import whole
from heliodesk.people.access import Actor

TABLES = {
    "account": "directory_account",
    "installer": "directory_account",
    "contact": "directory_contact",
}
#: What tells two of one name apart.
HINTS = {"directory_account": "city", "directory_contact": "phone"}
MOST = 12
SHORTEST = 2  # characters


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that fits what was typed."""

    value: str
    label: str
    hint: str


def proposals(field: str, typed: str, *, by: Actor) -> list[Proposal]:
    """The accounts or contacts whose name has what was typed, at most `MOST`; of the directory only
    Support is told by name (K6). One statement."""
    table = TABLES.get(field)
    typed = " ".join(typed.replace("\x00", " ").split())[:80]
    if table is None or len(typed) < SHORTEST or not by.is_support:
        return []
    pattern = "%" + re.sub(r"([\\%_])", r"\\\1", typed) + "%"
    only = " AND kind = 'installer'" if field == "installer" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, name, {HINTS[table]} FROM {table}"  # noqa: S608 - constants
            f" WHERE desk_folded(name) LIKE desk_folded(%s){only} LIMIT {MOST}",
            [pattern],
        )
        found = [Proposal(str(key), name, hint) for key, name, hint in cursor.fetchall()]
    return sorted(found, key=lambda one: one.label.casefold())


def names_of(wanted: Mapping[str, set[str]], *, by: Actor) -> dict[tuple[str, str], str]:
    """The names of values by field and value, for Support (K6); one statement for each field, none
    for nothing."""
    found: dict[tuple[str, str], str] = {}
    for field, values in wanted.items():
        if field not in TABLES or not by.is_support:
            continue
        keys = [whole(value) for value in values]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, name FROM {TABLES[field]} WHERE id = ANY(%s::bigint[])",  # noqa: S608 - constants
                [keys],
            )
            found |= {(field, str(key)): name for key, name in cursor.fetchall()}
    return found
