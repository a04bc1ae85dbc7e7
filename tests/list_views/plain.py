"""Filters worked out in plain Python, one case at a time: what the SQL is compared with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from heliodesk.assignments.models import STANDING
from heliodesk.cases.models import Case
from heliodesk.core import clock
from heliodesk.list_views.fields import FIELDS, Kind
from heliodesk.list_views.filters import Condition, Filter, Group, moments
from heliodesk.people.access import Actor


def cases() -> list[Case]:
    """All cases in the order of their IDs, with what the filters ask of them."""
    read = Case.objects.select_related("contract", "owner_queue", "previous_case")
    parts = ("closures", "followers", "merges", "assignments__department")
    return list(read.prefetch_related(*parts).order_by("pk"))


def holds(filter: Filter, case: Case, by: Actor) -> bool:
    """Whether every group of the filter holds for the case."""
    return all(_group(group, case, by) for group in filter.groups)


def _group(group: Group, case: Case, by: Actor) -> bool:
    results = [condition_holds(condition, case, by) for condition in group.conditions]
    return {"all": all(results), "any": any(results), "none": not any(results)}[group.mode]


def condition_holds(condition: Condition, case: Case, by: Actor) -> bool:
    """Whether the condition holds for the case."""
    field = FIELDS[condition.field]
    found = VALUES[condition.field](case, by)
    wanted = condition.values
    if condition.operator == "empty":
        return (found in (None, "", [])) == (wanted[0] == "yes")
    if field.kind == Kind.FLAG:
        return bool(found) == (wanted[0] == "yes")
    if field.kind in {Kind.CHOICE, Kind.PERSON}:
        keys = {str(by.user_id) if one == "me" else one for one in wanted}
        have = {str(one) for one in (found if isinstance(found, list) else [found])}
        return bool(keys & have) == (condition.operator == "is")
    return _COMPARED[field.kind](condition, found)


def _moment(condition: Condition, found: datetime | None) -> bool:
    first, end = moments.span(condition.operator, condition.values[0])
    if found is None:
        return False
    return (first is None or first <= found) and (end is None or found < end)


def _text(condition: Condition, found: str) -> bool:
    text, found = condition.values[0].upper(), (found or "").upper()
    if condition.operator == "words":
        return all(word.rstrip(".") in found for word in text.split())
    return {
        "is": found == text,
        "is_not": found != text,
        "contains": text in found,
        "begins": found.startswith(text),
    }[condition.operator]


def _number(condition: Condition, found: int | None) -> bool:
    if found is None:
        return False
    first, _, last = condition.values[0].partition("..")
    low, high = int(first), int(last or first)
    return {
        "is": found == low,
        "more": found > low,
        "less": found < low,
        "between": low <= found <= high,
    }[condition.operator]


_COMPARED: dict[Kind, Callable[[Condition, Any], bool]] = {
    Kind.MOMENT: _moment,
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
}


def _closure(case: Case) -> Any:
    return next((one for one in case.closures.all() if one.reopened_at is None), None)


def _reopened(case: Case) -> Any:
    return next((one for one in case.closures.all() if one.reopened_at), None)


def _standing(case: Case) -> list[Any]:
    return [one for one in case.assignments.all() if one.status in STANDING]


VALUES: dict[str, Callable[[Case, Actor], Any]] = {
    "number": lambda case, by: case.number,
    "case_type": lambda case, by: case.case_type,
    "status": lambda case, by: case.status,
    "open": lambda case, by: not case.is_closed,
    "priority": lambda case, by: case.get_priority_display().lower(),
    "request_type": lambda case, by: case.request_type_id,
    "request_subtype": lambda case, by: case.request_subtype_id,
    "source": lambda case, by: case.source_id,
    "customer": lambda case, by: case.customer_name,
    "property_address": lambda case, by: case.property_address,
    "contract": lambda case, by: case.contract.contract_id if case.contract else None,
    "contract_status": lambda case, by: case.contract.status if case.contract else None,
    "contract_gap": lambda case, by: case.contract_gap or "none",
    "account": lambda case, by: case.account_id,
    "installer": lambda case, by: case.installer_id,
    "contact": lambda case, by: case.contact_id,
    "job_id": lambda case, by: case.job_id,
    "owner_agent": lambda case, by: case.owner_agent_id,
    "owner_queue": lambda case, by: case.owner_queue.slug if case.owner_queue else None,
    "created_at": lambda case, by: case.created_at,
    "created_by": lambda case, by: case.created_by_id,
    "last_modified_at": lambda case, by: case.last_modified_at,
    "last_modified_by": lambda case, by: case.last_modified_by_id,
    "closed_at": lambda case, by: case.closed_at,
    "closed_by": lambda case, by: _closure(case) and _closure(case).closed_by_id,
    "closed_reason": lambda case, by: _closure(case) and _closure(case).reason_id,
    "reopened_at": lambda case, by: _reopened(case) and _reopened(case).reopened_at,
    "reopened": lambda case, by: bool(_reopened(case)),
    "reviewed_at": lambda case, by: case.reviewed_at,
    "reviewed_by": lambda case, by: case.reviewed_by_id,
    "review_comments": lambda case, by: case.review_comments,
    "due_for_review": lambda case, by: (
        not case.is_closed and case.review_due_from < clock.now() - timedelta(hours=48)
    ),
    "follow_up_at": lambda case, by: case.follow_up_at,
    "follow_up_for": lambda case, by: case.follow_up_for,
    "followed_by_me": lambda case, by: by.user_id in [one.user_id for one in case.followers.all()],
    "description": lambda case, by: case.description,
    "department": lambda case, by: [one.department.slug for one in _standing(case)],
    "assigned_department": lambda case, by: [one.department.slug for one in case.assignments.all()],
    "open_assignments": lambda case, by: len(_standing(case)),
    "overdue_assignment": lambda case, by: any(
        one.acted_at <= clock.now() - timedelta(hours=48) for one in _standing(case)
    ),
    "age": lambda case, by: (
        ((case.closed_at or clock.now()) - case.created_at) // timedelta(hours=1)
    ),
    "previous_case": lambda case, by: case.previous_case.number if case.previous_case else None,
    "merged": lambda case, by: any(one.undone_at is None for one in case.merges.all()),
}
