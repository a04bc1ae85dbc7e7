"""The actions on top of a case's page: what the reader can do there, the likely next step marked.

What their department was asked for comes first (A4); then what Support does with a case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from heliodesk.assignments.access import is_assignee
from heliodesk.assignments.models import STANDING, CaseAssignment
from heliodesk.assignments.queries import assignment_actions
from heliodesk.cases import access
from heliodesk.cases.models import Status
from heliodesk.cases.queries.case_actions import (
    ASSIGN,
    CONTINUE,
    HAND_OVER,
    LOG,
    REOPEN,
    REVIEW,
    TAKE,
    CaseAction,
)
from heliodesk.cases.queries.case_record import CaseRecord
from heliodesk.core.addresses import leading_back
from heliodesk.people.access import Actor
from heliodesk.people.models import Role

IN_ROW = 2  # actions that stay in sight where the page is narrow


def head(
    case: CaseRecord, acts: Iterable[CaseAction], asked: list[CaseAssignment], *, by: Actor
) -> list[CaseAction]:
    """The actions on top: those on the first of the assignments `asked` of the reader's
    departments, and of `acts`, the case's actions, those that are the reader's business."""
    found = marked(case, acts, by=by)
    if not access.works_cases(by):
        found = [act for act in found if act.allowed]
    theirs = _department_acts(case, asked, by)
    if any(act.primary for act in theirs):
        found = [replace(act, primary=False) for act in found]
    return arranged([*theirs, *found])


def marked(case: CaseRecord, acts: Iterable[CaseAction], *, by: Actor) -> list[CaseAction]:
    """The actions, the likely next one primary where it is allowed."""
    found = list(acts)
    allowed = {act.label for act in found if act.allowed}
    likely = next((label for label in _likely(case, by) if label in allowed), None)
    return [replace(act, primary=act.label == likely) for act in found]


def arranged(acts: list[CaseAction]) -> list[CaseAction]:
    """First the `IN_ROW` which stay in sight where the page is narrow: the primary one, and the
    next of those that are allowed; then the others in their order."""
    allowed = sorted((act for act in acts if act.allowed), key=lambda act: not act.primary)
    top = allowed[:IN_ROW]
    return [*top, *(act for act in acts if act not in top)]


def asked_of(case: CaseRecord, *, by: Actor) -> list[CaseAssignment]:
    """The standing assignments of the case for the reader's departments: the reader's own first,
    then those that nobody has, then the oldest. One statement, for members of departments alone,
    and none where none stands."""
    if not (by.department_ids and case.standing):
        return []
    rows = CaseAssignment.objects.filter(
        case_id=case.id, department_id__in=by.department_ids, status__in=STANDING
    ).select_related("department", "assignee")
    return sorted(
        rows, key=lambda one: (not is_assignee(one, by), one.assignee_id is not None, one.pk)
    )


def acts_on(assignment: CaseAssignment, *, back: str, by: Actor) -> list[CaseAction]:
    """The acts of the department on one of them, each of which leads back to the address."""
    acts = assignment_actions.actions(assignment, by=by)
    return [replace(act, url=leading_back(act.url, back)) for act in acts]


def _department_acts(case: CaseRecord, asked: list[CaseAssignment], by: Actor) -> list[CaseAction]:
    if not asked:
        return []
    first = asked[0]
    acts = acts_on(first, back=case.url, by=by)
    if len(asked) > 1:  # which of them is meant
        acts = [replace(act, label=f"{act.label} {first}") for act in acts]
    if access.works_cases(by):  # the keys are those of the case's own actions
        acts = [replace(act, key="") for act in acts]
    return acts


def _likely(case: CaseRecord, by: Actor) -> tuple[str, ...]:
    """What the reader probably came for, by what they are to the case."""
    row = case.as_case()
    if case.is_closed:
        return (REOPEN, CONTINUE)
    if access.owns(row, by):
        if case.status != Status.NEW:
            return (REVIEW,)
        return (HAND_OVER if by.role == Role.FRONTLINE and not by.queue_ids else ASSIGN,)  # Q2
    if access.is_of_owning_queue(row, by):
        return (TAKE, REVIEW)
    return (HAND_OVER, LOG)
