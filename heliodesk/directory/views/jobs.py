"""The jobs of an Org, and their forms (D1)."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from heliodesk.directory import access
from heliodesk.directory.forms.keeping import JobForm
from heliodesk.directory.queries import records
from heliodesk.directory.rules.jobs import create_job, edit_job
from heliodesk.directory.rules.refusals import installer_not_org
from heliodesk.directory.views.keeping import keep, prefilled
from heliodesk.web.requests import DeskRequest

NAMES = ["job_id", "name", "phase", "contract"]
LISTED = 200  # jobs on one page, the newest


@require_safe
def jobs(request: DeskRequest, pk: int) -> HttpResponse:
    """The newest jobs of an Org."""
    account = access.get_account(pk, by=request.actor)
    rows = records.jobs(Q(installer=account), LISTED) if request.actor.is_support else []
    context = {
        "account": account,
        "jobs": rows[:LISTED],
        "more": len(rows) > LISTED,
        "limit": LISTED,
        "may_keep": request.actor.keeps_directory,
    }
    return render(request, "directory/jobs.html", context)


@require_http_methods(["GET", "POST"])
def job_new(request: DeskRequest, pk: int) -> HttpResponse:
    """Create a job of an Org."""
    account = access.get_account(pk, by=request.actor)
    access.require_keeper(by=request.actor, to="create jobs")
    if not account.is_installer:
        raise installer_not_org()
    back = f"/accounts/{pk}/jobs/"
    initial, _, draft = prefilled(request, f"account/{pk}/job", NAMES, None)
    form = JobForm(request.POST or None, initial=initial)

    def act() -> str:
        create_job(account, values=form.values(), by=request.actor)
        return back

    return keep(
        request,
        form,
        act,
        title="New job",
        sub=f"A project of {account.name} in Engine",
        back=back,
        said="The job was created.",
        draft=draft,
    )


@require_http_methods(["GET", "POST"])
def job_edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Edit a job."""
    access.require_keeper(by=request.actor, to="edit jobs")
    job = access.get_job(pk, by=request.actor)
    back = f"/accounts/{job.installer_id}/jobs/"
    given = {"contract": job.contract.contract_id if job.contract else ""}
    initial, was, draft = prefilled(request, f"job/{pk}/edit", NAMES, job, **given)
    form = JobForm(request.POST or None, initial=initial, seen=was)

    def act() -> str:
        edit_job(job, values=form.values(), seen=form.seen, by=request.actor)
        return back

    return keep(
        request,
        form,
        act,
        title=f"Edit job {job.job_id}",
        sub=f"A project of {job.installer.name} in Engine",
        back=back,
        said="The job was saved.",
        draft=draft,
    )
