"""The list behind a figure: the scope's conditions and its own, as an address of V3."""

from __future__ import annotations

from datetime import date

from heliodesk.dashboards.scope import MEMBERS, Scope
from heliodesk.list_views.filters import Condition, Filter, Group, address

AT_ONCE = 100  # values that one condition takes


def listed(scope: Scope, *conditions: Condition, sort: str = "") -> str:
    """The address of the cases of the scope for which the conditions hold."""
    return address(filter_of(scope, *conditions), sort=sort)


def filter_of(scope: Scope, *conditions: Condition) -> Filter:
    """The same as a filter."""
    every, either = list(conditions), list[Condition]()
    if scope.case_type:
        every.append(one("case_type", scope.case_type))
    if scope.queue:
        every.append(one("owner_queue", scope.queue))
    if scope.team and scope.team.kind == MEMBERS:
        people = [str(key) for key in scope.team.members]
        either = [
            Condition("owner_agent", "is", tuple(people[start : start + AT_ONCE]))
            for start in range(0, len(people), AT_ONCE)
        ]
    elif scope.team:
        every.append(one("assigned_department", scope.team.slug))
    groups = [Group("all", tuple(every))] if every else []
    if len(either) == 1:
        return Filter((Group("all", (*every, *either)),))
    return Filter((*groups, Group("any", tuple(either)))) if either else Filter(tuple(groups))


def one(field: str, value: object) -> Condition:
    """The field is this value."""
    return Condition(field, "is", (str(value),))


def days(field: str, first: date | None, last: date | None) -> Condition:
    """The field is within these days; None is open."""
    if first is None:
        return Condition(field, "before", (str(_next(last)),))
    if last is None:
        return Condition(field, "after", (str(_before(first)),))
    if first == last:
        return Condition(field, "on", (str(first),))
    return Condition(field, "between", (f"{first}..{last}",))


OPEN = one("open", "yes")
OWNED = Condition("owner_agent", "empty", ("no",))
DUE = one("due_for_review", "yes")
OVERDUE = one("overdue_assignment", "yes")


def _next(day: date | None) -> date:
    return date.fromordinal((day or date.max).toordinal() + 1)


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
