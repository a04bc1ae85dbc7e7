"""What the worker does for Engine, done in the test."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from heliodesk.cases.models import Case, EngineComment
from heliodesk.cases.rules.engine_comment import POST_JOB
from heliodesk.feed.models import FeedItem
from heliodesk.integrations.engine.jobs import post_comment


def waiting(name: str = POST_JOB) -> list[dict[str, Any]]:
    """The arguments of the jobs of this name that wait, the oldest first."""
    jobs = ProcrastinateJob.objects.filter(task_name=name, status="todo").order_by("id")
    return [job.args for job in jobs]


def work_off() -> None:
    """Do the jobs of comments that wait, once each."""
    jobs = ProcrastinateJob.objects.filter(task_name=POST_JOB, status="todo")
    for job in list(jobs.order_by("id")):
        post_comment(**job.args)
    jobs.update(status="succeeded")


def comment_of(case: Case) -> EngineComment:
    """The comment of the case's job."""
    return EngineComment.objects.get(case=case, job_id=case.job_id)


def told(case: Case) -> list[str]:
    """What the case's feed says of Engine."""
    items = FeedItem.objects.filter(case=case, kind__startswith="engine").order_by("pk")
    return list(items.values_list("kind", flat=True))
