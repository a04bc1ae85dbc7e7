"""Letting jobs that failed begin anew."""

from __future__ import annotations

from heliodesk.background.access import require_administrator
from heliodesk.core import audit, upkeep
from heliodesk.core.numbers import whole
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor


@rule("K4", "K7")
def retry_job(job_id: int, *, by: Actor) -> None:
    """Put the job back into the queue, at once and with all its attempts before it.

    Refuses for anybody but administrators, and where the job has not failed (any more).
    """
    require_administrator(by=by)
    if whole(job_id) is None or not upkeep.retry_failed(job_id):
        raise Refused(
            "job_not_failed",
            "The job has not failed, or is being tried again already. Look at the list as it is "
            "now.",
            rule="K7",
        )
    audit.note("job_retried", "job", job_id, by=by)


@rule("K4", "K7")
def retry_all_jobs(*, by: Actor) -> int:
    """The same for every job that has failed; gives how many. Refuses for anybody but
    administrators."""
    require_administrator(by=by)
    retried = upkeep.retry_all_failed()
    if retried:
        audit.note("jobs_retried", "job", None, changes={"number": retried}, by=by)
    return retried
