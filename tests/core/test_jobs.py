"""Background jobs: deferred with the change they are for, tried again, and kept in order."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from heliodesk.core import jobs, upkeep
from heliodesk.core.failures import note_failure
from heliodesk.core.jobs import UnknownJobError, defer
from heliodesk.core.models import JobFailure
from heliodesk.core.refusal import Refused
from heliodesk.core.retries import ATTEMPTS, BackOff, pause
from tests.core.queue import put, status_of, waiting, worker_seen

pytestmark = pytest.mark.django_db

NAME = "heliodesk.assignments.jobs.escalate"
OF_ITSELF = "heliodesk.assignments.jobs.escalate_late"


def change(*, refused: bool) -> None:
    """Something that a rule does, with a job after it."""
    with transaction.atomic():
        defer(NAME, follow_up=7)
        if refused:
            raise Refused("changed_mind", "No.", rule="F1")


def test_a_change_that_is_kept_leaves_one_job() -> None:
    change(refused=False)
    assert waiting(NAME) == [{"follow_up": 7}]


def test_a_change_that_is_refused_leaves_none() -> None:
    with pytest.raises(Refused):
        change(refused=True)
    assert waiting(NAME) == []


def test_a_job_that_nobody_declares_is_refused_at_once() -> None:
    with pytest.raises(UnknownJobError, match="there is no job"):
        defer("heliodesk.nowhere")


def test_it_may_wait_for_its_time() -> None:
    at = datetime(2030, 1, 1, tzinfo=UTC)
    defer(NAME, at=at, follow_up=7)
    assert ProcrastinateJob.objects.get(task_name=NAME).scheduled_at == at


def test_once_keeps_one_waiting_with_the_latest_arguments_and_the_sooner_time() -> None:
    late, soon = datetime(2031, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
    for at, follow_up in ((late, 1), (soon, 2), (late, 3)):
        defer(NAME, at=at, once="key", follow_up=follow_up)
    defer(NAME, once="another key", follow_up=4)
    first, _ = ProcrastinateJob.objects.filter(task_name=NAME).order_by("id")
    assert (first.scheduled_at, first.args) == (soon, {"follow_up": 3})
    assert waiting(NAME) == [{"follow_up": 3}, {"follow_up": 4}]
    defer(NAME, once="key", follow_up=5)
    first.refresh_from_db()
    assert first.scheduled_at is None


def taken(worker: int) -> Any:
    """The job that a worker, with its own connection, takes from the queue now; None for none."""

    def take() -> Any:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT args FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
                return json.loads(cursor.fetchone()[0] or "null")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(take).result(timeout=20)


@pytest.mark.django_db(transaction=True)
def test_no_worker_takes_a_job_before_it_can_see_the_change_it_is_for() -> None:
    worker = worker_seen(0)
    defer(NAME, once="key", follow_up=1)
    with transaction.atomic():
        defer(NAME, once="key", follow_up=2)
        assert taken(worker) is None
    assert taken(worker) == {"follow_up": 2}
    assert taken(worker) is None


def test_no_notification_goes_with_a_job() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger"
            " WHERE tgrelid = 'procrastinate_jobs'::regclass AND tgname LIKE '%%notify%%inserted%%'"
        )
        assert cursor.fetchall() == [("procrastinate_jobs_notify_queue_job_inserted_v1", "D")]


def retry(exception: Exception, attempts: int) -> Any:
    """What becomes of a job that failed after so many earlier attempts."""
    job = Job(queue="default", lock=None, queueing_lock=None, task_name=NAME, attempts=attempts)
    return BackOff().get_retry_decision(exception=exception, job=job)


def test_the_pauses_get_longer_up_to_an_hour() -> None:
    assert [pause(attempts) for attempts in range(7)] == [5, 20, 80, 320, 1280, 3600, 3600]
    decision = retry(ValueError(), 2)
    left = decision.retry_at - datetime.now(UTC)
    assert timedelta(seconds=75) < left <= timedelta(seconds=80)


def test_it_is_given_up_in_the_end_and_at_once_when_a_rule_refuses() -> None:
    assert retry(ValueError(), ATTEMPTS - 2) is not None
    assert retry(ValueError(), ATTEMPTS - 1) is None
    assert retry(Refused("no", "No.", rule="F1"), 0) is None


def test_why_a_job_failed_is_kept_once_and_shortened() -> None:
    for text in ("first", "second\x00" + "x" * 9000):
        try:
            raise ValueError(text)
        except ValueError as error:
            note_failure(3, error)
    failure = JobFailure.objects.get()
    assert failure.summary.startswith("ValueError: second")
    assert failure.error.endswith("xxx\n")
    assert len(failure.error) == 4000


@pytest.mark.parametrize(("seen", "goes_back"), [(1, False), (60, True), (None, True)])
def test_what_a_silent_worker_had_begun_goes_back(seen: float | None, goes_back: bool) -> None:
    worker = worker_seen(seen) if seen else None
    put(NAME, "doing", worker_id=worker, queueing_lock="key")
    defer(NAME, once="key", follow_up=8)
    jobs.retry_stalled()
    assert status_of(NAME) == ["todo" if goes_back else "doing", "todo"]


def test_a_job_that_ends_every_worker_has_failed() -> None:
    put(NAME, "doing", attempts=ATTEMPTS - 1)
    upkeep.retry_stalled()
    assert status_of(NAME) == ["failed"]


def test_a_failed_job_begins_anew_with_all_its_attempts() -> None:
    job = put(NAME, "failed", attempts=ATTEMPTS, queueing_lock="key")
    defer(NAME, once="key", follow_up=8)
    assert [upkeep.retry_failed(job), upkeep.retry_failed(job)] == [True, False]
    assert status_of(NAME) == ["todo", "todo"]
    assert ProcrastinateJob.objects.get(pk=job).attempts == 0


def age(job: int, days: float) -> None:
    """Let it all have happened so many days ago."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [job])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at)"
            " VALUES (%s, 'started', now() - make_interval(hours => %s))",
            [job, round(days * 24)],
        )


def test_jobs_that_are_over_are_forgotten_in_their_time() -> None:
    kept = [put(NAME, "succeeded"), put(NAME, "failed"), put(NAME, "todo"), put(NAME, "doing")]
    gone = [put(NAME, "succeeded"), put(NAME, "failed"), put(OF_ITSELF, "failed")]
    for job, days in zip(kept, (0.5, 29, 90, 90), strict=True):
        age(job, days)
    for job, days in zip(gone, (1.1, 31, 3), strict=True):
        age(job, days)
    for job in (kept[1], gone[1]):
        JobFailure.objects.create(job_id=job, at=datetime.now(UTC), summary="no", error="no")

    jobs.forget_finished()

    assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) == set(kept)
    assert JobFailure.objects.get().job_id == kept[1]


def test_every_app_declares_its_jobs_where_they_are_found() -> None:
    assert {NAME, OF_ITSELF, "heliodesk.core.jobs.retry_stalled"} <= set(app.tasks)
    assert OF_ITSELF in jobs.coming_by_themselves()
    for name, task in app.tasks.items():
        assert task.func.__doc__, f"{name} does not say what it does"
