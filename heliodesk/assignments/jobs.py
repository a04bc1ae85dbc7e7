"""What the desk does about assignments in the background."""

from __future__ import annotations

from heliodesk.assignments.rules.escalation import escalate_follow_up, late_follow_ups
from heliodesk.core.jobs import job, periodic


@job()
def escalate(*, follow_up: int) -> None:
    """Escalate one follow-up, at the time it is due (F3)."""
    escalate_follow_up(follow_up)


@periodic("*/5 * * * *")
def escalate_late() -> None:
    """Escalate those that were missed: while no worker ran, or because the job was lost (F3)."""
    for follow_up in late_follow_ups():
        escalate_follow_up(follow_up)
