"""What stands around a case: other cases of its customer, interactions, activities."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection

from heliodesk.cases import access
from heliodesk.cases.models import Activity, Channel, Status
from heliodesk.cases.queries.case_record import CaseRecord
from heliodesk.cases.queries.tones import TONES
from heliodesk.people.access import Actor
from heliodesk.worklists.queries.written import with_names

SHOWN = 20

AROUND = """
    (SELECT 'case', c.created_at, c.number::text, c.status, t.name, u.name, NULL::boolean
     FROM cases_case c
     JOIN cases_requesttype t ON t.id = c.request_type_id
     JOIN cases_requestsubtype u ON u.id = c.request_subtype_id
     WHERE c.account_id = %(account)s AND c.id <> %(case)s {seen}
     ORDER BY c.created_at DESC, c.id DESC LIMIT %(shown)s)
    UNION ALL
    (SELECT 'interaction', i.at, i.channel, i.spoke_with, i.about, p.name, i.resolved
     FROM cases_interaction i JOIN people_user p ON p.id = i.by_id
     WHERE i.case_id = %(case)s
     ORDER BY i.at DESC, i.id DESC LIMIT %(shown)s)
    UNION ALL
    (SELECT 'related', c.created_at, c.number::text, c.status, t.name, u.name, NULL
     FROM (
        SELECT other_id AS id, at FROM cases_relatedcase WHERE case_id = %(case)s
        UNION ALL
        SELECT case_id, at FROM cases_relatedcase WHERE other_id = %(case)s
     ) r JOIN cases_case c USING (id)
     JOIN cases_requesttype t ON t.id = c.request_type_id
     JOIN cases_requestsubtype u ON u.id = c.request_subtype_id
     WHERE true {seen}
     ORDER BY r.at DESC, c.id DESC LIMIT %(shown)s)
"""

Rows = list[dict[str, Any]]


def around(case: CaseRecord, *, by: Actor) -> tuple[Rows, Rows, Rows]:
    """The newest other cases of the same account, the newest interactions on this one, and the
    cases linked as related (W2), at most 20 of each, those that `by` may see (K6). One
    statement."""
    found: dict[str, Rows] = {"case": [], "interaction": [], "related": []}
    values: dict[str, Any] = {"case": case.id, "account": case.account_id, "shown": SHOWN}
    seen = ""
    if not by.is_support:
        sql, named = with_names(access.visible_cases(by).values("pk"), "seen")
        seen, values = f"AND c.id IN ({sql})", values | named
    with connection.cursor() as cursor:
        cursor.execute(AROUND.format(seen=seen), values)
        for what, at, one, two, three, four, resolved in cursor.fetchall():
            made = (
                _other(at, one, two, three, four)
                if what in {"case", "related"}
                else {
                    "at": at,
                    "channel": Channel(one).label,
                    "spoke_with": two,
                    "about": three,
                    "by": four,
                    "resolved": resolved,
                }
            )
            found[what].append(made)
    return found["case"], found["interaction"], found["related"]


def _other(at: datetime, number: str, status: str, kind: str, subtype: str) -> dict[str, Any]:
    return {
        "url": f"/cases/{int(number):08d}/",
        "number": int(number),
        "title": f"{kind}: {subtype}",
        "status_key": TONES[Status(status)],
        "status": Status(status).label,
        "created_at": at,
    }


def seen_beside(case: CaseRecord, *, by: Actor) -> CaseRecord:
    """The case without the numbers of those it continues or is continued by, where `by` may not
    see them (K6); asks nothing for Support."""
    numbers = [*case.later_numbers, *([case.previous_number] if case.previous_number else [])]
    if by.is_support or not numbers:
        return case
    rows = access.visible_cases(by).filter(number__in=numbers)
    seen = set(rows.values_list("number", flat=True))
    return replace(
        case,
        previous_number=case.previous_number if case.previous_number in seen else None,
        later_numbers=[number for number in case.later_numbers if number in seen],
    )


def activities(case: CaseRecord) -> list[dict[str, Any]]:
    """The newest activities of the case (L4), at most 20. One statement."""
    found = Activity.objects.filter(case=case.id).order_by("-at", "-id")
    rows = found.values("subject", "name", "due_date", "status", "comments", "at", "by__name")
    return [{**row, "by": row["by__name"]} for row in rows[:SHOWN]]
