"""What is said to Engine in the background (E1)."""

from __future__ import annotations

from heliodesk.core.jobs import defer, job, periodic
from heliodesk.integrations.engine import posting


@job()
def post_comment(*, comment: int) -> None:
    """Leave the comment of one case in Engine."""
    posting.post_one(comment)


@periodic("* * * * *")
def post_due_comments() -> None:
    """Leave in Engine what it did not take before, and what a killed worker was at."""
    if posting.post_due():
        defer(posting.DUE, once=posting.DUE)
