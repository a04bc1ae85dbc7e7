"""Log Review: the owner says where the case stands (L1–L6)."""

from __future__ import annotations

from heliodesk.cases import access
from heliodesk.cases.models import Activity, Case
from heliodesk.cases.models.activities import REVIEW_LIMIT
from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import is_blank
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor

SUBJECT = "Case Review"
#: The template's headings, each with what belongs behind it (L2).
HEADINGS = {
    "Current Status:": "reason for the update, such as a status change or new information",
    "Pending Action Items:": "what is awaited",
    "Pending Action Owner:": "the agent or team responsible",
}
TEMPLATE = "\n".join(f"{heading} " for heading in HEADINGS)


@rule("L1", "L3", "L4", "L5", "L6")
def log_review(case: Case, *, comments: str, by: Actor) -> Activity:
    """Log a review; gives its activity. The latest review stands on the case (L6), and Last
    Modified is the very time of the activity (L5).

    Refuses for anybody but the owner or, where a queue owns the case, its members; on a closed
    case; and comments that are empty or above 1000 code points, a line break being one.
    """
    case = access.lock(case)
    access.require_review(case, by=by)
    access.require_open(case, to="log a review of it")
    comments = as_counted(comments)
    require_comments(comments)
    now = clock.now()
    activity = Activity.objects.create(
        case=case, subject=SUBJECT, comments=comments, at=now, by_id=by.person_id
    )
    case.reviewed_at = case.review_due_from = now
    case.reviewed_by_id = by.person_id
    case.review_comments = comments
    record(
        case,
        kinds.REVIEW,
        changed=["reviewed_at", "reviewed_by", "review_comments", "review_due_from"],
        body=comments,
        at=now,
        by=by,
    )
    return activity


def as_counted(comments: str) -> str:
    """The comments with every line break as one character, as L3 counts them."""
    return comments.replace("\r\n", "\n").replace("\r", "\n")


def require_comments(comments: str) -> None:
    """Refuse comments that say nothing, or too much (L3)."""
    filled_in = comments
    for heading in HEADINGS:
        filled_in = filled_in.replace(heading, "")
    if is_blank(filled_in):
        raise Refused(
            "review_empty",
            "Fill in the comments: the untouched template says nothing.",
            rule="L3",
            field="comments",
        )
    over = len(comments) - REVIEW_LIMIT
    if over > 0:
        raise Refused(
            "review_too_long",
            f"The comments have {len(comments):,} characters, {over:,} more than the "
            f"{REVIEW_LIMIT:,} that a review may have. Shorten them.",
            rule="L3",
            field="comments",
        )
