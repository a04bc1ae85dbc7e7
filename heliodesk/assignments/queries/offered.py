"""What the form of a new assignment offers: departments, and what one of them is asked for (A1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from heliodesk.assignments.models import STANDING
from heliodesk.cases.models import Case
from heliodesk.people.models import Department, ReferralReason, ReferralSubtype, Topic, User

DEPARTMENTS = """
SELECT d.slug, d.name, d.description,
    (SELECT count(*) FROM assignments_caseassignment a
     WHERE a.case_id = %s AND a.department_id = d.id AND a.status = ANY(%s)) AS standing
FROM people_department d
WHERE d.is_active
ORDER BY d.position, d.name
"""

OFFERED = """
SELECT 'reason' AS kind, r.id, r.name, s.id AS of_id, s.name AS of_name,
    r.position AS first, s.position AS second
FROM people_referralreason r
LEFT JOIN people_referralsubtype s ON s.reason_id = r.id AND s.is_active
WHERE r.department_id = %(department)s AND r.is_active
UNION ALL
SELECT 'topic', id, name, NULL, NULL, position, 0
FROM people_topic WHERE department_id = %(department)s AND is_active
ORDER BY kind, first, name, id, second, of_name
"""

Option = tuple[int, str]


@dataclass(frozen=True, slots=True)
class OfferedDepartment:
    """One department to choose; `standing` counts what it has been asked for already."""

    slug: str
    name: str
    description: str
    standing: int


@dataclass(slots=True)
class Offered:
    """The options of the fields which the department wants; `subtypes` grouped by reason as
    `dependent` wants them, for those reasons that have any."""

    reasons: list[Option] = field(default_factory=list)
    subtypes: list[tuple[int, str, list[Option]]] = field(default_factory=list)
    topics: list[Option] = field(default_factory=list)


def departments_for(case: Case) -> list[OfferedDepartment]:
    """The departments that an assignment of the case may go to. One SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(DEPARTMENTS, [case.pk, list(STANDING)])
        return [OfferedDepartment(*row) for row in cursor.fetchall()]


def offered_by(department: Department) -> Offered:
    """What the department offers to choose. One SQL statement."""
    found = Offered()
    with connection.cursor() as cursor:
        cursor.execute(OFFERED, {"department": department.pk})
        for kind, pk, name, of_id, of_name, _, _ in cursor.fetchall():
            if kind == "reason":
                _put_reason(found, (pk, name), of_id, of_name)
            else:
                found.topics.append((pk, name))
    return found


def _put_reason(found: Offered, reason: Option, subtype: int | None, name: str | None) -> None:
    if not found.reasons or found.reasons[-1] != reason:
        found.reasons.append(reason)
    if subtype is None or name is None:
        return
    if not found.subtypes or found.subtypes[-1][0] != reason[0]:
        found.subtypes.append((*reason, []))
    found.subtypes[-1][2].append((subtype, name))


def chosen(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The rows behind what was sent, as the rule takes them; None for what there is not."""
    managers = [cleaned.get("account_manager"), cleaned.get("sales_manager")]
    people: Mapping[int | None, User] = User.objects.in_bulk([pk for pk in managers if pk])
    return {
        "reason": ReferralReason.objects.filter(pk=cleaned.get("reason") or 0).first(),
        "subtype": ReferralSubtype.objects.filter(pk=cleaned.get("subtype") or 0).first(),
        "topic": Topic.objects.filter(pk=cleaned.get("topic") or 0).first(),
        "comments": cleaned.get("comments", ""),
        "account_manager": people.get(managers[0]),
        "sales_manager": people.get(managers[1]),
    }
