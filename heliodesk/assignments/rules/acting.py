"""What every act of a department on its assignment does (A4, F2, F4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.rules.follow_up import answer_by_act
from heliodesk.core import clock
from heliodesk.feed.kinds import Kind
from heliodesk.feed.models import FeedItem
from heliodesk.feed.record import record
from heliodesk.people.access import Actor
from heliodesk.people.models import DepartmentMembership


def act(
    assignment: CaseAssignment,
    kind: Kind,
    *,
    changed: Iterable[str],
    body: str = "",
    by: Actor,
    **data: Any,
) -> FeedItem:
    """Save what somebody of the department did to a locked assignment, and record it as `kind`.

    `changed` names the fields that the rule has set. The act is the latest of the
    department (F4), and answers what it was asked (F2).
    """
    assignment.acted_at = clock.now()
    assignment.save(update_fields=[*changed, "acted_at"])
    answer_by_act(assignment, by=by, at=assignment.acted_at)
    return tell(assignment, kind, body=body, by=by, **data)


def tell(
    assignment: CaseAssignment, kind: Kind, *, body: str = "", by: Actor, **data: Any
) -> FeedItem:
    """Record what happened to the assignment in its case's feed."""
    return record(
        assignment.case,
        kind,
        body=body,
        by=by,
        assignment=str(assignment),
        department=assignment.department.name,
        **data,
    )


def member_ids(assignment: CaseAssignment) -> list[int]:
    """The members of the department, of whom only active ones are ever told."""
    members = DepartmentMembership.objects.filter(department=assignment.department_id)
    return list(members.values_list("user_id", flat=True))
