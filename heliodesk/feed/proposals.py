"""People, queues and departments to mention on a case: active ones who may see it (C1, K6)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet, Value

from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.people.access import Actor
from heliodesk.people.models import Queue, Role, User

SHOWN = 8


def proposals(case: Case, words: str, *, by: Actor) -> list[dict[str, str]]:
    """At most eight whose name or handle has a word that begins with `words`, by name; people
    first. One SQL statement."""
    people = access.who_may_see(case, User.objects.filter(is_active=True).exclude(pk=by.person_id))
    queues = Queue.objects.filter(is_active=True)
    departments = access.departments_that_see(case).filter(is_active=True)
    found = _rows(people, words, "1", "username", F("role")).union(
        _rows(queues, words, "2", "slug", Value("Queue")),
        _rows(departments, words, "3", "slug", Value("Department")),
        all=True,
    )
    roles = {str(role.value): str(role.label) for role in Role}
    return [
        {"value": handle, "label": name, "hint": roles.get(hint, hint), "insert": f"@{handle}"}
        for _, name, handle, hint in found.order_by("first", "called")[:SHOWN]
    ]


def _rows(
    things: QuerySet[Any], words: str, first: str, handle: str, hint: F | Value
) -> QuerySet[Any, Any]:
    begins = Q(**{f"{handle}__istartswith": words}) | Q(name__istartswith=words)
    rows: QuerySet[Any, Any] = (
        things.filter(begins | Q(name__icontains=f" {words}"))
        .order_by()
        .annotate(first=Value(first), called=F("name"), handle=F(handle), hint=hint)
        .values_list("first", "called", "handle", "hint")
    )
    return rows
