"""All that the case page shows, in few statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.queries.case_assignments import AssignmentCard, assignments_of
from heliodesk.assignments.queries.voiding import Refusal, refusal
from heliodesk.cases import access
from heliodesk.cases.queries import case_related
from heliodesk.cases.queries.case_actions import (
    CaseAction,
    Step,
    actions,
    editing,
    new_assignment,
    new_case_url,
    path,
)
from heliodesk.cases.queries.case_head import acts_on, asked_of, head
from heliodesk.cases.queries.case_record import CaseRecord, get_case_record
from heliodesk.cases.queries.engine_comment import EngineComment, engine_comment
from heliodesk.cases.queries.next_step import NextStep, next_step
from heliodesk.cases.queries.not_on_record import MaybeTheirs, contracts_that_may_be_theirs
from heliodesk.core import clock
from heliodesk.people.access import Actor

TABS = ("details", "assignments", "related", "activity")


@dataclass(frozen=True, slots=True)
class CasePage:
    """The case with its next step, its actions and what the chosen tab shows."""

    case: CaseRecord
    tab: str
    step: NextStep
    path: list[Step]
    actions: list[CaseAction]
    may_edit: bool
    #: Editing the details, and why not where one may not (K7).
    edit: CaseAction
    new_assignment: CaseAction
    #: Whether the reader may act on one case or another; others are told of no refusals.
    works_cases: bool
    #: How long the case can still be reopened (X4); None where it cannot.
    reopening_left: timedelta | None
    new_case_url: str
    now: datetime
    may_merge: bool
    #: What stands in Engine about the case's job (N4).
    engine: EngineComment | None
    #: Whether the feeds of jobs are the reader's to read: Support's.
    may_read_jobs: bool
    #: The rejected or returned assignment because of which the case should be voided (A6).
    to_void: Refusal | None = None
    #: The token of the page's buttons (K3): of one press there comes one thing.
    once: str = ""
    assignments: list[AssignmentCard] = field(default_factory=list)
    #: What the reader's department does with its assignments, by their numbers (A4).
    department_acts: dict[str, list[CaseAction]] = field(default_factory=dict)
    #: Contracts that may be of a customer who is not on record (N5).
    proposals: list[MaybeTheirs] = field(default_factory=list)
    others: list[dict[str, Any]] = field(default_factory=list)
    related: list[dict[str, Any]] = field(default_factory=list)
    interactions: list[dict[str, Any]] = field(default_factory=list)
    activities: list[dict[str, Any]] = field(default_factory=list)


def case_page(number: int, *, tab: str, by: Actor) -> CasePage:
    """The page of a case on one of `TABS`, but for its feed and files.

    One statement for Details (three where contracts are proposed), two for the others (one
    for Case Assignments while there are none); one more for members of departments while
    assignments stand. Refuses with `NotFound` as K6 says.
    """
    case = case_related.seen_beside(get_case_record(number, by=by), by=by)
    tab = tab if tab in TABS else "details"
    window = case.settings().reopening_window
    acts = actions(case, window=window, by=by)
    edit = editing(acts)
    asked = asked_of(case, by=by)
    to_void = refusal(case.refusal)
    return CasePage(
        case=case,
        tab=tab,
        step=next_step(case, to_void),
        path=path(case, by=by),
        actions=head(case, acts, asked, by=by),
        may_edit=edit.allowed,
        edit=edit,
        new_assignment=new_assignment(case, acts),
        works_cases=access.works_cases(by),
        to_void=to_void,
        once=str(uuid4()) if case.assignments else "",
        reopening_left=_reopening_left(case, window),
        now=clock.now(),
        may_read_jobs=by.is_support,
        may_merge=by.is_support and not case.is_closed,
        engine=engine_comment(case.as_case(), case.engine),
        new_case_url=new_case_url(case) if case.is_closed else "",
        **_of_tab(case, tab, asked, by=by),
    )


def _of_tab(
    case: CaseRecord, tab: str, asked: list[CaseAssignment], *, by: Actor
) -> dict[str, Any]:
    """What the tab alone shows."""
    if tab == "assignments":
        back = f"{case.url}?tab={tab}"
        return {
            "assignments": assignments_of(case.id) if case.assignments else [],
            "department_acts": {str(one): acts_on(one, back=back, by=by) for one in asked},
        }
    if tab == "related":
        others, interactions, related = case_related.around(case, by=by)
        return {"others": others, "interactions": interactions, "related": related}
    if tab == "activity":
        return {"activities": case_related.activities(case)}
    if case.not_on_record and not case.is_closed:
        return {"proposals": contracts_that_may_be_theirs(case.as_case(), by=by)}
    return {}


def _reopening_left(case: CaseRecord, window: timedelta) -> timedelta | None:
    if case.closed_at is None or case.reopened_at is not None or case.merged_into:
        return None
    left = case.closed_at + window - clock.now()
    return left if left >= timedelta(0) else None
