"""Whose open cases a supervisor may hand on (Q5)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from heliodesk.cases.models import Case, Status
from heliodesk.cases.queries.tones import TONES
from heliodesk.core.refusal import NotFound, NotPermitted
from heliodesk.people.access import Actor
from heliodesk.people.models import User

PAGE = 100


def require_supervisor(*, by: Actor) -> None:
    """Refuse for anybody but a supervisor (Q5)."""
    if not by.is_supervisor:
        raise NotPermitted(
            "not_a_supervisor",
            "Only a supervisor hands on the cases of others. Change the owner of a case of yours "
            "on its page.",
            rule="Q5",
        )


def person(user_id: int, *, by: Actor) -> User:
    """The person whose cases are handed on; refuses where there is none."""
    require_supervisor(by=by)
    found = User.objects.filter(pk=user_id).first()
    if found is None:
        raise NotFound("person_not_found", "There is no such person.", rule="Q5")
    return found


def open_cases_of(user: User) -> QuerySet[Case]:
    """All of the person's open cases."""
    return Case.objects.filter(owner_agent=user).exclude(status=Status.CLOSED)


def shown(cases: QuerySet[Case]) -> list[dict[str, Any]]:
    """Rows of the cases, high priority first, then oldest first; at most 100 of them. One
    statement."""
    rows = cases.order_by("priority", "created_at", "id").values(
        "id", "number", "status", "priority", "customer_name", "created_at",
        "request_type__name", "request_subtype__name",
    )  # fmt: skip
    return [
        row
        | {
            "url": f"/cases/{row['number']:08d}/",
            "title": f"{row['request_type__name']}: {row['request_subtype__name']}",
            "status_key": TONES[Status(row["status"])],
            "status_label": Status(row["status"]).label,
        }
        for row in rows[:PAGE]
    ]
