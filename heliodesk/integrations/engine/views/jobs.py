"""Jobs as Engine knows them: proposed while one types, and their milestone feeds (N4)."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from heliodesk.cases.access import require_support
from heliodesk.cases.models import EngineSettings
from heliodesk.directory.access import get_account, get_job
from heliodesk.integrations.engine.milestones import milestones_of
from heliodesk.integrations.engine.proposing import proposals
from heliodesk.web.requests import DeskRequest


@require_safe
def options(request: DeskRequest, pk: int) -> JsonResponse:
    """What is proposed for `q` while one types the job of a case at this Org."""
    require_support(by=request.actor, to="look jobs up")
    org = get_account(pk, by=request.actor)
    return JsonResponse({"items": proposals(org, request.GET.get("q", ""))})


@require_safe
def milestones(request: DeskRequest, pk: int) -> HttpResponse:
    """The feed of the OPS phase of a job on record, read from Engine now."""
    job = get_job(pk, by=request.actor)
    context = {
        "case": None,
        "job_id": job.job_id,
        "comment": None,
        "back": reverse("jobs", args=[job.installer_id]),
        "found": milestones_of(EngineSettings.current(), job.job_id),
    }
    return render(request, "engine/milestones.html", context)
