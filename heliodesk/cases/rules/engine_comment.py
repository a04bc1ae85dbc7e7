"""The private comment that a case leaves with its job in Engine (N4, E1, E2).

Rules only write down what is to be said; `heliodesk.integrations.engine` says it, later, from a job
that exists exactly when the comment does. The case never waits for Engine.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from heliodesk.cases import access
from heliodesk.cases.models import Case, EngineComment, EngineSettings, EngineState
from heliodesk.core import clock
from heliodesk.core.jobs import defer
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor

POST_JOB = "heliodesk.integrations.engine.jobs.post_comment"
#: Engine knew the key with another text: under a new key the comment is another one.
KEY_TAKEN = "Engine has another comment under this one's key"


def comment_text(case: Case) -> str:
    """What the comment says (N4)."""
    return f"Related Case ({case.display_number})"


def leave_comment(case: Case) -> None:
    """Leave the comment for the case's job, in the transaction of the rule that gave it the job.

    With no Engine set up nothing is left: the comment is to be posted by hand (E2), also when an
    Engine is set up later. A comment that had been withdrawn for another job waits again, under the
    key that it always had.
    """
    if not case.job_id or not EngineSettings.current().is_set:
        return
    comment, made = EngineComment.objects.get_or_create(
        case=case, job_id=case.job_id, defaults=_waiting() | {"text": comment_text(case)}
    )
    if not made:
        comment = _locked(case)
    if made or comment.state == EngineState.WITHDRAWN:
        _wait(comment)


def job_changed(case: Case, old: str) -> None:
    """Leave the comment for the case's new job, and withdraw the one for the old job unless Engine
    has it. Part of the rule that changed the job."""
    if old == case.job_id:
        return
    unposted = EngineComment.objects.filter(case=case, job_id=old)
    unposted.exclude(state=EngineState.POSTED).update(state=EngineState.WITHDRAWN, next_try_at=None)
    leave_comment(case)


@rule("E1", "E2", "K7", "X6")
def send_comment(case: Case, *, by: Actor) -> EngineComment:
    """Send the case's comment to Engine: one that Engine refused once more, or one that was to be
    posted by hand. It waits from now on; gives it.

    Refuses for anybody but the owner or a supervisor, on a closed case, with no Engine set up, and
    where the comment waits or is posted already.
    """
    case = _worked_on(case, by=by, to="send its comment to Engine")
    if not EngineSettings.current().is_set:
        raise Refused(
            "no_engine",
            "No Engine is set up. Copy the comment, post it in Engine, and mark it as posted.",
            rule="E2",
        )
    comment = _unposted(case)
    if comment.reason == KEY_TAKEN:
        comment.key = uuid4()
    return _wait(comment)


@rule("E2", "K7", "X6")
def mark_posted_by_hand(case: Case, *, by: Actor) -> EngineComment:
    """Say that the person has posted the case's comment in Engine; gives it.

    Refuses for anybody but the owner or a supervisor, on a closed case, and where the comment is
    posted already or still waits: Engine would have it twice.
    """
    case = _worked_on(case, by=by, to="mark its comment as posted")
    comment = _unposted(case)
    comment.state, comment.next_try_at = EngineState.POSTED, None
    comment.posted_at, comment.posted_by_id = clock.now(), by.user_id
    comment.save()
    record(case, kinds.ENGINE_BY_HAND, job=comment.job_id, text=comment.text, by=by)
    return comment


def _worked_on(case: Case, *, by: Actor, to: str) -> Case:
    case = access.lock(case)
    access.require_edit(case, by=by, to=to)
    access.require_open(case, to=to)
    return case


def _unposted(case: Case) -> EngineComment:
    """The comment of the case's job, locked, made where there was none; refuses one that Engine
    has or may get by itself."""
    if not case.job_id:
        raise Refused("no_job", "The case is about no job. Give it the job ID first.", rule="N4")
    EngineComment.objects.get_or_create(
        case=case,
        job_id=case.job_id,
        defaults=_waiting() | {"text": comment_text(case), **_BY_HAND},
    )
    comment = _locked(case)
    if comment.state == EngineState.POSTED:
        raise Refused("comment_posted", "Engine has the comment already.", rule="E1")
    if comment.state == EngineState.WAITING:
        raise Refused(
            "comment_waits",
            "The comment is on its way: it is sent by itself as soon as Engine takes it.",
            rule="E1",
        )
    return comment


_BY_HAND: dict[str, Any] = {"state": EngineState.BY_HAND, "next_try_at": None}


def _waiting() -> dict[str, Any]:
    now = clock.now()
    return {"state": EngineState.WAITING, "left_at": now, "next_try_at": now}


def _locked(case: Case) -> EngineComment:
    return EngineComment.objects.select_for_update().get(case=case, job_id=case.job_id)


def _wait(comment: EngineComment) -> EngineComment:
    """Let it be sent as soon as this transaction has ended."""
    comment.state, comment.next_try_at = EngineState.WAITING, clock.now()
    comment.reason, comment.tries = "", 0
    comment.save()
    defer(POST_JOB, comment=comment.pk)
    return comment
