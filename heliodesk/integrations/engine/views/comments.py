"""A case's comment in Engine, and the milestone feed that it stands in (N4, E1, E2)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from heliodesk.cases import access
from heliodesk.cases.models import EngineSettings
from heliodesk.cases.queries.engine_comment import read_engine_comment
from heliodesk.cases.rules.engine_comment import mark_posted_by_hand, send_comment
from heliodesk.core.refusal import NotFound
from heliodesk.integrations.engine.milestones import milestones_of
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See


@require_safe
def engine(request: DeskRequest, number: int) -> HttpResponse:
    """The feed of the OPS phase of the case's job, read from Engine now. Support's alone: it
    speaks of other cases too."""
    case = access.get_bare_case(number, by=request.actor)
    access.require_support(by=request.actor, to="read the feeds of jobs")
    comment = read_engine_comment(case)
    if comment is None:
        raise NotFound("no_job", "The case is about no job.", rule="N4")
    context = {
        "case": case,
        "job_id": case.job_id,
        "comment": comment,
        "back": case.get_absolute_url(),
        "found": milestones_of(EngineSettings.current(), case.job_id),
    }
    return render(request, "engine/milestones.html", context)


@require_POST
def sending(request: DeskRequest, number: int) -> HttpResponse:
    """Send the comment to Engine. A second press finds it on its way, so it needs no token."""
    case = access.get_bare_case(number, by=request.actor)
    send_comment(case, by=request.actor)
    messages.success(request, "The comment is on its way to Engine.")
    return See(case.get_absolute_url())


@require_POST
def posted_by_hand(request: DeskRequest, number: int) -> HttpResponse:
    """Say that one has posted the comment. A second press finds it posted."""
    case = access.get_bare_case(number, by=request.actor)
    mark_posted_by_hand(case, by=request.actor)
    messages.success(request, "The comment counts as posted.")
    return See(case.get_absolute_url())
