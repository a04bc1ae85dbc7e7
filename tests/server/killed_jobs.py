"""Jobs that stop at a bad moment, for a worker to be killed there."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import transaction

from heliodesk.assignments.models import FollowUp
from heliodesk.assignments.rules.escalation import escalate_follow_up
from heliodesk.core import clock
from heliodesk.core.jobs import defer, job

INSIDE, AFTER = "inside its transaction", "after its transaction"


@job()
def escalate_slowly(*, follow_up: int, where: str, reached: str) -> None:
    """Escalate a follow-up; the first time, stop there for a long time."""
    first = not Path(reached).exists()
    with transaction.atomic():
        # Due only in here, so that no other job finds it.
        FollowUp.objects.filter(pk=follow_up).update(escalates_at=clock.now())
        escalate_follow_up(follow_up)
        defer(f"{__name__}.follow_on")
        if first and where == INSIDE:
            stop_at(reached)
    if first and where == AFTER:
        stop_at(reached)


@job()
def follow_on() -> None:
    """What the slow job defers in its transaction."""


@job()
def fail_once(*, reached: str) -> None:
    """Fail the first time."""
    if not Path(reached).exists():
        Path(reached).touch()
        raise ConnectionError("nobody answers")


def stop_at(reached: str) -> None:
    """Say that the moment has come, and wait for the end."""
    Path(reached).touch()
    time.sleep(60)
