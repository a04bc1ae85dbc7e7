"""Actions on several cases, and exports, in the background (V3)."""

from __future__ import annotations

from heliodesk.bulk.rules import exporting, running
from heliodesk.core.jobs import defer, job, periodic
from heliodesk.people.access import SYSTEM

#: Seconds of one job: other jobs come in between, and a worker that is told to stop has ten.
SLICE = 5.0
CARRY_ON = f"{__name__}.carry_on"


@job()
def carry_on(*, action: int) -> None:
    """Go on with an action where it stands, and leave the rest to the next job."""
    if not running.carry_on(action, seconds=SLICE):
        defer(CARRY_ON, once=f"{CARRY_ON} {action}", action=action)


@job()
def write_export(*, export: int) -> None:
    """Write a large export."""
    exporting.write_export(export)


@periodic("40 * * * *")
def forget_exports() -> None:
    """Take the files of old exports away."""
    exporting.forget_exports(by=SYSTEM)
