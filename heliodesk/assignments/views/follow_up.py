"""Asking after an assignment on the screen, by one press (F1)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from heliodesk.assignments import access
from heliodesk.assignments.rules.follow_up import follow_up_assignment
from heliodesk.core.forms import DeskForm
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@require_POST
def assignment_follow_up(request: DeskRequest, number: str) -> HttpResponse:
    """Ask the department, and see the assignment with the time it has left to answer."""
    assignment = access.get_assignment(number, by=request.actor)
    form = DeskForm(request.POST)
    form.full_clean()

    def act() -> str:
        follow_up_assignment(assignment, by=request.actor)
        return f"{assignment.case.get_absolute_url()}?tab=assignments"

    said = f"{assignment.department} was asked after {assignment}."
    done = carry_out(request, form, act, said=said)
    if done is None:
        raise form.refusals[-1]
    return done
