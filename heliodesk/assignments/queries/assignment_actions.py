"""What the person may do on an assignment, and why not what they may not (A4, K5)."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from heliodesk.assignments import access
from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.queries.case_actions import CaseAction
from heliodesk.core.refusal import Refused
from heliodesk.people.access import Actor


def actions(assignment: CaseAssignment, *, by: Actor) -> list[CaseAction]:
    """The acts of the department, those that are refused among them, with the refusal; none for
    people of other departments, and none once it has ended."""
    if not (access.stands(assignment) and access.is_of_department(assignment, by)):
        return []
    found = [
        _dialog(assignment, "Complete", "circle-check", "c", _complete, by),
        _dialog(assignment, "Return", "undo-2", "r", None, by),
        _dialog(assignment, "Reject", "ban", "d", None, by),
    ]
    if assignment.assignee_id is None:
        return [_post(assignment, "Accept", "user-check", "a", primary=True), *found]
    if access.is_assignee(assignment, by):
        return [*found, _post(assignment, "Release", "log-out", "u")]
    return [_post(assignment, "Take over", "user-check", "a"), *found]


def _complete(assignment: CaseAssignment, by: Actor) -> None:
    access.require_assignee(assignment, by=by, to="complete it")


def _post(
    assignment: CaseAssignment, label: str, icon: str, key: str, *, primary: bool = False
) -> CaseAction:
    name = f"assignment_{label.lower().replace(' ', '_')}"
    url = reverse(name, args=[str(assignment)])
    return CaseAction(label, url, icon, key, primary=primary, posts=True, dialog=False)


def _dialog(
    assignment: CaseAssignment,
    label: str,
    icon: str,
    key: str,
    require: Callable[[CaseAssignment, Actor], None] | None,
    by: Actor,
) -> CaseAction:
    url = reverse(f"assignment_{label.lower()}", args=[str(assignment)])
    try:
        if require:
            require(assignment, by)
    except Refused as refused:
        return CaseAction(label, url, icon, allowed=False, why=refused.message, rule=refused.rule)
    return CaseAction(label, url, icon, key, primary=label == "Complete")
