"""A worker that is killed loses nothing and repeats nothing that shows; one that dies is started
again; and none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from heliodesk.assignments.models import FollowUp
from heliodesk.background.workers import health
from heliodesk.core import clock
from heliodesk.core.jobs import defer
from heliodesk.core.models import JobFailure
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from heliodesk.people.models import DeskSettings
from heliodesk.server import database
from tests import cast
from tests.cast import Cast
from tests.server.killed_jobs import AFTER, INSIDE, escalate_slowly
from tests.server.test_serving import CHECKOUT, alive, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.programs,
    pytest.mark.xdist_group("serve"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]

HEARTBEAT = 0.3  # seconds; a worker is given up after four of them
LOOK_EVERY = 0.05  # seconds
JOBS = escalate_slowly.__module__
SLOWLY, FOLLOW_ON, FAIL = f"{JOBS}.escalate_slowly", f"{JOBS}.follow_on", f"{JOBS}.fail_once"
WORKER = ("-m", "heliodesk.server.worker", "2")
# A shell has what it runs in the background ignore SIGINT, and so what that starts.
BESIDE = """
import signal
import time
signal.signal(signal.SIGINT, signal.default_int_handler)
from heliodesk.server import supervise
supervise.AFTER_THE_PAGES = 0  # there are none here that start
with supervise.worker_beside(print):
    time.sleep(60)
"""


@pytest.fixture
def asked(company: Cast) -> list[FollowUp]:
    """What nobody of Sales has answered, twice, and what will be due in an hour."""
    DeskSettings.objects.create(pk=1, escalation_contact=cast.user("boss"))
    ago = clock.now() - timedelta(hours=47)
    return [
        FollowUp.objects.create(
            assignment=cast.assignment(company, cast.case(company, created_at=ago)),
            asked_at=ago,
            asked_by=company.frank,
            escalates_at=ago + timedelta(hours=48),
        )
        for _ in range(2)
    ]


@contextmanager
def started(data: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process with the test's own database, killed at the end where it still runs."""
    name = str(connection.settings_dict["NAME"])
    with subprocess.Popen(
        [sys.executable, "-P", *command],
        env=os.environ
        | {
            "DATABASE_URL": database.with_database(os.environ["DATABASE_URL"], name),
            "DJANGO_SETTINGS_MODULE": "tests.server.worker_settings",
            "HELIODESK_DATA": str(data),
            "HELIODESK_WORKER_HEARTBEAT": str(HEARTBEAT),
            "HELIODESK_WORKER_LOOK": str(LOOK_EVERY),
            "PYTHONPATH": str(CHECKOUT),
        },
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def escalations() -> int:
    """How often the feed says that a follow-up was escalated."""
    return FeedItem.objects.filter(kind="follow_up_escalated").count()


def jobs_of(name: str, **wanted: object) -> int:
    """How many jobs of that name there are like this."""
    return ProcrastinateJob.objects.filter(task_name=name, **wanted).count()


def given_up() -> None:
    """The time goes by after which what has been killed is known to be dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'"
        )


def test_what_a_killed_worker_was_at_another_finishes_and_nothing_shows_twice(
    asked: list[FollowUp], tmp_path: Path
) -> None:
    """It is at two jobs: one is still in its transaction, and the other's is over."""
    reached = [tmp_path / "inside", tmp_path / "after"]
    for follow_up, where, path in zip(asked, (INSIDE, AFTER), reached, strict=True):
        defer(SLOWLY, follow_up=follow_up.pk, where=where, reached=str(path))
    with started(tmp_path, *WORKER) as first:
        wait_until(lambda: all(path.exists() for path in reached))
        first.kill()
    assert (escalations(), jobs_of(FOLLOW_ON)) == (1, 1)
    given_up()
    with started(tmp_path, *WORKER):
        wait_until(lambda: jobs_of(SLOWLY, status="succeeded") == 2)
    assert escalations() == 2
    assert Notice.objects.filter(kind="follow_up_unanswered").count() == 4
    assert jobs_of(SLOWLY, attempts=2) == 2


def test_a_job_that_fails_is_tried_again_and_says_why(company: Cast, tmp_path: Path) -> None:
    defer(FAIL, once="key", reached=str(tmp_path / "reached"))
    with started(tmp_path, *WORKER):
        wait_until(lambda: jobs_of(FAIL, status="todo", attempts=1) == 1)
        job = ProcrastinateJob.objects.get(task_name=FAIL)
        assert job.queueing_lock is None
        assert timedelta(0) < job.scheduled_at - timezone.now() <= timedelta(seconds=5)
        assert JobFailure.objects.get(pk=job.pk).summary == "ConnectionError: nobody answers"
        with connection.cursor() as cursor:  # its seconds go by
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
        wait_until(lambda: jobs_of(FAIL, status="succeeded", attempts=2) == 1)


def children(process: int) -> list[int]:
    """What all the threads of the process have started, and still runs."""
    listed = Path(f"/proc/{process}/task").glob("*/children")
    found = [int(child) for path in listed for child in path.read_text("ascii").split()]
    return [child for child in found if alive(child)]


def worker_of(process: int) -> int:
    """The worker that a supervising process has started."""
    wait_until(lambda: bool(children(process)))
    return children(process)[0]


def test_a_worker_that_dies_is_started_again_and_sigterm_ends_all(
    company: Cast, tmp_path: Path
) -> None:
    with started(tmp_path, "-m", "heliodesk", "worker") as process:
        first = worker_of(process.pid)
        wait_until(lambda: health().lives)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: not alive(first))
        second = worker_of(process.pid)
        wait_until(lambda: health().workers == 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert second != first
    assert not alive(second)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_beside_the_pages_it_ends_with_them(
    company: Cast, tmp_path: Path, end: signal.Signals
) -> None:
    with started(tmp_path, "-c", BESIDE) as process:
        beside = worker_of(process.pid)
        process.send_signal(end)
        process.wait(timeout=30)
    wait_until(lambda: not alive(beside))
