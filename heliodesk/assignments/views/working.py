"""Accepting an assignment, taking it over, releasing it: one click, from the list or its page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from heliodesk.assignments.access import get_assignment
from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.rules import working
from heliodesk.core.forms import DeskForm
from heliodesk.web.back import back_to
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@require_POST
def accept(request: DeskRequest, number: str) -> HttpResponse:
    """Become the assignee of an open assignment."""
    return _act(
        request,
        number,
        lambda one: working.accept_assignment(one, by=request.actor),
        "{} is yours.",
    )


@require_POST
def take_over(request: DeskRequest, number: str) -> HttpResponse:
    """Become the assignee in place of another."""
    return _act(
        request,
        number,
        lambda one: working.take_over_assignment(one, by=request.actor),
        "{} is yours.",
    )


@require_POST
def release(request: DeskRequest, number: str) -> HttpResponse:
    """Give it back to the department."""
    return _act(
        request,
        number,
        lambda one: working.release_assignment(one, by=request.actor),
        "{} is open for anybody of the department again.",
    )


def _act(
    request: DeskRequest, number: str, rule: Callable[[CaseAssignment], object], said: str
) -> HttpResponse:
    """Run the rule once (K3), and go back to where the button was. What it refuses is said by the
    page for refusals: there is nothing typed to keep."""
    assignment = get_assignment(number, by=request.actor)
    form = DeskForm(request.POST)
    form.full_clean()

    def act() -> str:
        rule(assignment)
        return back_to(request, assignment_url(assignment))

    done = carry_out(request, form, act, said=said.format(assignment))
    if done is None:
        raise form.refusals[-1]
    return done


def assignment_url(assignment: CaseAssignment) -> str:
    """The address of its page."""
    return f"/assignments/{assignment}/"
