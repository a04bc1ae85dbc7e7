"""Two workers at one comment, and a worker that is killed in the middle (E1)."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connections

from heliodesk.cases.models import EngineComment, EngineState
from heliodesk.cases.rules import engine_posting
from heliodesk.core import clock
from heliodesk.integrations.engine.jobs import post_due_comments
from tests.cases.opening import installer_case
from tests.cast import Cast
from tests.integrations.engine.server import FakeEngine
from tests.integrations.engine.work import comment_of, told
from tests.server.test_serving import wait_until
from tests.server.test_worker import WORKER, started

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: object, times: int = 2) -> None:
    """Do it in so many threads at the same time, each with a connection of its own."""
    assert callable(act)
    together = Barrier(times)

    def run() -> None:
        try:
            together.wait(timeout=20)
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        for running in [pool.submit(run) for _ in range(times)]:
            running.result(timeout=30)


def test_two_workers_send_each_comment_once(company: Cast, engine: FakeEngine) -> None:
    cases = [installer_case(company, job_id="J-77")]
    cases += [installer_case(company, job_id="J-78", none_of_these=[cases[0].number])]
    at_once(post_due_comments)
    assert len(engine.asked) == 2
    assert [told(case) for case in cases] == [["engine_posted"]] * 2


def test_two_workers_that_both_send_it_leave_it_once(
    company: Cast, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a claim has run out while its worker still hung."""
    case = installer_case(company, job_id="J-77")
    comment = EngineComment.objects.select_related("case").get()
    both = Barrier(2)

    def claim(pk: int, by: object) -> EngineComment:
        both.wait(timeout=20)  # each has found it due before either sends it
        return comment

    monkeypatch.setattr(engine_posting, "claim", claim)
    at_once(post_due_comments)
    assert len(engine.asked) == 2
    assert engine.comments("J-77") == [comment.text]
    assert comment_of(case).state == EngineState.POSTED
    assert told(case) == ["engine_posted"]


@pytest.mark.programs
@pytest.mark.xdist_group("serve")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_worker_killed_while_engine_takes_the_comment_leaves_it_once(
    company: Cast, engine: FakeEngine, tmp_path: Path
) -> None:
    case = installer_case(company, job_id="J-77")
    with started(tmp_path, *WORKER) as worker:
        engine.faults = [lambda reply, wire: os.kill(worker.pid, signal.SIGKILL)]
        wait_until(lambda: bool(engine.asked))
        worker.wait(timeout=30)
    comment = comment_of(case)
    assert engine.comments("J-77") == [comment.text]
    assert (comment.state, told(case)) == (EngineState.WAITING, [])
    EngineComment.objects.update(claimed_until=clock.now())
    post_due_comments()
    assert engine.comments("J-77") == [comment.text]
    assert told(case) == ["engine_posted"]
