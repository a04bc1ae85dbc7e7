"""What stands around a case: other cases of its customer, interactions, activities."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from heliodesk.cases.models import Activity, Channel, Status
from heliodesk.cases.queries.case_record import CaseRecord
from heliodesk.cases.queries.tones import TONES

SHOWN = 20

AROUND = """
    (SELECT 'case', c.created_at, c.number::text, c.status, t.name, u.name, NULL::boolean
     FROM cases_case c
     JOIN cases_requesttype t ON t.id = c.request_type_id
     JOIN cases_requestsubtype u ON u.id = c.request_subtype_id
     WHERE c.account_id = %(account)s AND c.id <> %(case)s
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
     ORDER BY r.at DESC, c.id DESC LIMIT %(shown)s)
"""

Rows = list[dict[str, Any]]


def around(case: CaseRecord) -> tuple[Rows, Rows, Rows]:
    """The newest other cases of the same account, the newest interactions on this one, and the
    cases linked as related (W2), at most 20 of each. One statement."""
    found: dict[str, Rows] = {"case": [], "interaction": [], "related": []}
    with connection.cursor() as cursor:
        cursor.execute(AROUND, {"case": case.id, "account": case.account_id, "shown": SHOWN})
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


def activities(case: CaseRecord) -> list[dict[str, Any]]:
    """The newest activities of the case (L4), at most 20. One statement."""
    found = Activity.objects.filter(case=case.id).order_by("-at", "-id")
    rows = found.values("subject", "name", "due_date", "status", "comments", "at", "by__name")
    return [{**row, "by": row["by__name"]} for row in rows[:SHOWN]]
