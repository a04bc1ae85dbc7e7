"""The departments, with what stands with each (V2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.assignments.queries.department_list import Asked, asked_of
from heliodesk.assignments.views.department_lists import AssignmentList, list_page, total
from heliodesk.core.refusal import NotFound
from heliodesk.web.requests import DeskRequest
from heliodesk.web.shell import counted
from heliodesk.worklists.queries.names import names, slug_of


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department as the overview shows it."""

    name: str
    url: str
    asked: Asked
    is_mine: bool


@require_safe
def departments(request: DeskRequest) -> HttpResponse:
    """Every department with what is open, accepted and overdue, and the age of the oldest: one's
    own first; for people outside of Support their own only. With `?show=overdue` the assignments
    of all of them that are (F4)."""
    asked = readable(request)
    if request.GET.get("show") == "overdue":
        return overdue_everywhere(request, asked)
    context = {"departments": lines(request, asked), "total": total(asked.values())}
    return render(request, "assignments/departments.html", context)


def overdue_everywhere(request: DeskRequest, asked: dict[int, Asked]) -> HttpResponse:
    """All that is overdue, whichever department it stands with."""
    shown = AssignmentList(
        name="Overdue assignments",
        url="/departments/",
        departments=frozenset(asked),
        asked=total(asked.values()),
        is_member=request.actor.department_ids >= frozenset(asked),
        usual="overdue",
    )
    return list_page(request, shown, tabs=["overdue"])


def readable(request: DeskRequest) -> dict[int, Asked]:
    """What stands with each department whose list the person may see (K6)."""
    if request.actor.is_support:
        return asked_of(None, person_id=request.actor.person_id)
    if not request.actor.department_ids:
        raise NotFound(
            "departments_not_found",
            "You belong to no department yet. An administrator can put you into one.",
            rule="K6",
        )
    return counted(request).departments


def lines(request: DeskRequest, asked: dict[int, Asked]) -> list[DepartmentLine]:
    """The departments in their own order, the person's first."""
    mine = request.actor.department_ids
    named = names("department", *asked)
    return [
        DepartmentLine(
            named[key], f"/departments/{slug_of('department', key)}/", asked[key], key in mine
        )
        for key in _mine_first(named, mine)
        if key in asked
    ]


def _mine_first(keys: Iterable[int], mine: frozenset[int]) -> list[int]:
    return sorted(keys, key=lambda key: key not in mine)
