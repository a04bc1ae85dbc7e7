"""What the desk holds of a homeowner (K1: for administrators)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from heliodesk.people.models import User
from heliodesk.personal_data.holdings import FILES, HOLDINGS, Holding
from heliodesk.personal_data.models import Erasure

EXPORTED = tuple(holding for holding in (*HOLDINGS, FILES) if holding.exported)
PEOPLE = ("by_id", "author_id", "assignee_id", "owner_agent_id")


@dataclass(frozen=True, slots=True)
class Held:
    """How many rows of each kind, in the order of the holdings, and the open cases' numbers."""

    counts: list[tuple[str, int]]
    open_cases: list[str]
    erasures: list[Erasure]


def held(account_id: int) -> Held:
    """What there is; two SQL statements."""
    counted = [f"(SELECT count(*) FROM {one.table} WHERE {one.where})" for one in EXPORTED]
    opened = (
        "SELECT coalesce(array_agg(lpad(number::text, 8, '0') ORDER BY number), '{}')"
        " FROM cases_case WHERE account_id = %(account)s AND status <> 'closed'"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({opened}), {', '.join(counted)}", {"account": account_id})
        numbers, *counts = cursor.fetchone()
    names = [one.exported.replace("_", " ").capitalize() for one in EXPORTED]
    erasures = Erasure.objects.filter(account=account_id).select_related("by").order_by("-at")
    return Held(list(zip(names, counts, strict=True)), numbers, list(erasures))


def everything(account_id: int) -> dict[str, Any]:
    """All of it, row by row as it is stored, and the names of the people of the desk in it."""
    rows = {one.exported: _rows(one, account_id) for one in EXPORTED}
    return rows | {"people_of_the_desk": _people(rows)}


def _rows(holding: Holding, account_id: int) -> list[dict[str, Any]]:
    statement = f"SELECT to_jsonb(r)::text FROM {holding.table} r WHERE {holding.where} ORDER BY id"
    with connection.cursor() as cursor:
        cursor.execute(statement, {"account": account_id})
        return [json.loads(row[0]) for row in cursor.fetchall()]


def _people(rows: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    ids = {
        value
        for each in rows.values()
        for row in each
        for name, value in row.items()
        if value is not None and (name in PEOPLE or name.endswith("_by_id"))
    }
    return {str(pk): name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")}
