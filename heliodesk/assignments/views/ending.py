"""Completing, rejecting and returning an assignment: dialogs in the manner of closing (A4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heliodesk.assignments import access
from heliodesk.assignments.forms.ending import CompletionForm, EndingForm, RefusalForm
from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.rules import ending
from heliodesk.assignments.views.working import assignment_url
from heliodesk.cases.views.dialogs import sent, status_of, typed_before
from heliodesk.people.access import Actor
from heliodesk.web.back import back_to
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@dataclass(frozen=True, slots=True)
class Ending:
    """One way to end an assignment: its words, its form with the field that is written in, and
    what carries it out."""

    verb: str
    said: str
    about: str
    form: type[EndingForm]
    field: str
    act: Callable[[CaseAssignment, str, Actor], object]


COMPLETION = Ending(
    "Complete",
    "{} is completed.",
    "The department has done what was asked.",
    CompletionForm,
    "resolution",
    lambda one, text, by: ending.complete_assignment(one, resolution=text, by=by),
)
REJECTION = Ending(
    "Reject",
    "{} is rejected.",
    "It is not this department's to do.",
    RefusalForm,
    "reason",
    lambda one, text, by: ending.reject_assignment(one, reason=text, by=by),
)
RETURN = Ending(
    "Return",
    "{} is returned.",
    "It cannot be done as it was asked.",
    RefusalForm,
    "reason",
    lambda one, text, by: ending.return_assignment(one, reason=text, by=by),
)


@require_http_methods(["GET", "POST"])
def complete(request: DeskRequest, number: str) -> HttpResponse:
    """Complete an assignment with a resolution."""
    return _end(request, number, COMPLETION)


@require_http_methods(["GET", "POST"])
def reject(request: DeskRequest, number: str) -> HttpResponse:
    """Reject an assignment with a reason."""
    return _end(request, number, REJECTION)


@require_http_methods(["GET", "POST"])
def send_back(request: DeskRequest, number: str) -> HttpResponse:
    """Return an assignment with a reason."""
    return _end(request, number, RETURN)


def _end(request: DeskRequest, number: str, way: Ending) -> HttpResponse:
    assignment = access.get_assignment(number, by=request.actor)
    if request.method == "GET":
        _require(assignment, way, by=request.actor)
    back = back_to(request, assignment_url(assignment))
    draft = f"assignment/{assignment.pk}/{way.verb.lower()}"
    typed = typed_before(request, draft, way.field)
    form = way.form(sent(request), initial={**typed, "back": back})

    def act() -> str:
        way.act(assignment, form.cleaned_data[way.field], request.actor)
        return back

    if request.method == "POST" and form.is_valid():
        done = carry_out(request, form, act, said=way.said.format(assignment), draft=draft)
        if done:
            return done
    context = {
        "assignment": assignment,
        "way": way,
        "form": form,
        "draft": draft,
        "back": back,
    }
    return render(request, "assignments/ending.html", context, status=status_of(request, form))


def _require(assignment: CaseAssignment, way: Ending, *, by: Actor) -> None:
    """Refuse before anything is typed what the rule would refuse afterwards."""
    to = f"{way.verb.lower()} it"
    access.require_department(assignment, by=by, to=to)
    access.require_standing(assignment, to=to)
    if way is COMPLETION:
        access.require_assignee(assignment, by=by, to=to)
