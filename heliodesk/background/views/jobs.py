"""The administrators' page of background jobs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from heliodesk.background.access import require_administrator
from heliodesk.background.queries import jobs as read_jobs
from heliodesk.background.rules.retrying import retry_all_jobs, retry_job
from heliodesk.background.workers import health
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See


@require_http_methods(["GET"])
def jobs(request: DeskRequest) -> HttpResponse:
    """What failed, runs and waits, and whether a worker lives."""
    require_administrator(by=request.actor)
    return render(request, "background/jobs.html", {"jobs": read_jobs(), "health": health()})


@require_http_methods(["POST"])
def job_retry(request: DeskRequest, job_id: int) -> HttpResponse:
    """Let one that failed begin anew."""
    retry_job(job_id, by=request.actor)
    messages.success(request, "The job is in the queue again.")
    return See(reverse("background_jobs"))


@require_http_methods(["POST"])
def jobs_retry(request: DeskRequest) -> HttpResponse:
    """Let all that failed begin anew."""
    number = retry_all_jobs(by=request.actor)
    messages.success(request, f"{number} jobs are in the queue again.")
    return See(reverse("background_jobs"))
