"""Background work, deferred in the transaction of the rule that needs it: a job exists exactly
when its change does.

`heliodesk/<app>/jobs.py` declares an app's jobs, thin functions that call rules:

    @job()
    def remind(*, case: int) -> None: …

    defer("heliodesk.cases.jobs.remind", at=tomorrow, case=case.pk)

See docs/decisions/background-work.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app

from heliodesk.core import upkeep
from heliodesk.core.failures import note_failure
from heliodesk.core.retries import ATTEMPTS, BackOff

F = TypeVar("F", bound=Callable[..., None])

#: A waiting job with the same key takes the new one's arguments and the sooner time, and is locked
#: until this transaction ends: no worker runs it before it can see the change it is for.
DEFER = """
    INSERT INTO procrastinate_jobs
        (queue_name, task_name, priority, queueing_lock, args, scheduled_at)
    VALUES (%s, %s, %s, %s, %s::jsonb, %s)
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO UPDATE SET
        args = excluded.args,
        scheduled_at = CASE WHEN excluded.scheduled_at < procrastinate_jobs.scheduled_at
            OR excluded.scheduled_at IS NULL
            THEN excluded.scheduled_at ELSE procrastinate_jobs.scheduled_at END
"""


class UnknownJobError(LookupError):
    """No app declares a job of this name."""


def defer(
    name: str, *, at: datetime | None = None, once: str | None = None, **arguments: Any
) -> None:
    """Put the job called `name` (`heliodesk.app.jobs.function`) into the queue, with JSON
    `arguments`.

    It runs after the transaction, or at `at` (UTC). With `once` no second is put there while one
    with the same key waits. Jobs may run twice when a worker is killed: they look before they act.
    """
    task = app.tasks.get(name)
    if task is None:
        raise UnknownJobError(f"there is no job {name!r}")
    with connection.cursor() as cursor:
        cursor.execute(DEFER, [task.queue, name, task.priority, once, json.dumps(arguments), at])


def job(*, attempts: int = ATTEMPTS) -> Callable[[F], F]:
    """Declare a job. One that fails is tried again with longer and longer pauses, `attempts` times
    in all; administrators see what failed and why. A refusal is final."""

    def declare(function: F) -> F:
        app.task(name=name_of(function), retry=BackOff(attempts), pass_context=True)(_run(function))
        return function

    return declare


def periodic(cron: str) -> Callable[[F], F]:
    """Declare a job without arguments that comes by itself; `cron` is in UTC.

    It is left out while one of the same name waits, and made up for by nobody when no worker ran:
    it does what has become due since, however long ago. One that fails is not tried again but by
    the next.
    """

    def declare(function: F) -> F:
        name = name_of(function)

        @wraps(function)
        def without_time(*, timestamp: int = 0) -> None:
            function()

        declared = app.task(name=name, pass_context=True, queueing_lock=name)
        app.periodic(cron=cron)(declared(_run(without_time)))
        return function

    return declare


def name_of(function: Callable[..., None]) -> str:
    """What the queue calls the job."""
    return f"{function.__module__}.{function.__qualname__}"


def coming_by_themselves() -> list[str]:
    """The names of the periodic jobs."""
    return [name for name, _ in app.periodic_registry.periodic_tasks]


def _run(function: Callable[..., None]) -> Callable[..., None]:
    """The job as a worker runs it: what it failed of stays in the database."""

    @wraps(function)
    def run(context: JobContext, **arguments: Any) -> None:
        job_id = context.job.id or 0
        if context.job.queueing_lock:
            upkeep.release_key(job_id)
        try:
            function(**arguments)
        except Exception as error:
            note_failure(job_id, error)
            raise

    return run


@periodic("* * * * *")
def retry_stalled() -> None:
    """Go on with what killed workers had begun."""
    upkeep.retry_stalled()


@periodic("20 * * * *")
def forget_finished() -> None:
    """Forget jobs that are over."""
    upkeep.forget_finished(coming_by_themselves())
