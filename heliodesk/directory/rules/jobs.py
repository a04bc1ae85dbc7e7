"""Creating and editing jobs: projects in Engine (D1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heliodesk.core import changes
from heliodesk.core.rule import rule
from heliodesk.directory import access
from heliodesk.directory.models import Account, Contract, Job
from heliodesk.directory.rules import refusals
from heliodesk.directory.rules.details import JOB, cleaned
from heliodesk.people.access import Actor

FIELDS = (*JOB, "contract", "installer")


@rule("D1", "K4")
def create_job(installer: Account, *, values: Mapping[str, Any], by: Actor) -> Job:
    """A new job of the Org. `values`: job_id, name, phase, contract. Refuses for anybody but the
    directory's keepers (D1), under an account that is no Org, a job ID that another has, and a
    contract of another Org."""
    access.require_keeper(by=by, to="create jobs")
    if not installer.is_installer:
        raise refusals.installer_not_org()
    contract: Contract | None = values.get("contract")
    job = Job(installer=installer, contract=contract, **cleaned(JOB, {"job_id": ""} | dict(values)))
    require_fits(job)
    job.save(force_insert=True)
    changes.note_made(job, "job_created", FIELDS, by=by)
    return job


@rule("D1", "K2", "K4")
def edit_job(
    job: Job, *, values: Mapping[str, Any], seen: Mapping[str, str] | None = None, by: Actor
) -> Job:
    """Change the given fields; `seen` is what they were when the form was made. Refuses where
    another has changed one of them since (K2), and as `create_job` does."""
    access.require_keeper(by=by, to="edit jobs")
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    kept = cleaned(JOB, values) | {name: values[name] for name in ("contract",) if name in values}
    changed = changes.settle(job, kept, seen)
    if not changed:
        return job
    require_fits(job)
    job.save(update_fields=list(changed))
    changes.note(job, "job_changed", changed, by=by)
    return job


def require_fits(job: Job) -> None:
    """Refuse a job ID that another has, and a contract of another installer."""
    if Job.objects.filter(job_id__iexact=job.job_id).exclude(pk=job.pk).exists():
        raise refusals.job_id_taken()
    if job.contract is not None and job.contract.installer_id != job.installer_id:
        raise refusals.job_contract_of_other()
