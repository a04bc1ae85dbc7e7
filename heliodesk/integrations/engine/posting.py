"""Sending comments to Engine (E1).

A comment is claimed, sent and settled, each by itself. Whoever is killed in between leaves one
that waits; another sends it again under the same key, and Engine takes it once.
"""

from __future__ import annotations

from http import HTTPStatus

from heliodesk.cases.models import EngineComment, EngineSettings
from heliodesk.cases.rules import engine_posting
from heliodesk.cases.rules.engine_comment import KEY_TAKEN
from heliodesk.core import clock
from heliodesk.core.jobs import defer
from heliodesk.integrations.engine.client import EngineAway, EngineRefused
from heliodesk.integrations.engine.connecting import connected
from heliodesk.people.access import SYSTEM

DUE = "heliodesk.integrations.engine.jobs.post_due_comments"
AT_ONCE = 200  # comments of one job


def post_one(comment: int) -> None:
    """Send one comment, unless Engine is left alone just now: then it goes with the others."""
    _post([comment])


def post_due() -> bool:
    """Send what is due, as long as Engine takes it; gives whether there may be more."""
    return _post(engine_posting.due(AT_ONCE)) >= AT_ONCE


def _post(comments: list[int]) -> int:
    """Send those comments until one has to wait; gives how many did not."""
    settings = EngineSettings.current()
    if not settings.is_set:
        engine_posting.leave_by_hand(by=SYSTEM)
        return 0
    if settings.rests_until is not None and settings.rests_until > clock.now():
        return 0
    for done, comment in enumerate(comments):
        if not _send(settings, comment):
            return done
    return len(comments)


def _send(settings: EngineSettings, comment_id: int) -> bool:
    """Send one; False where Engine did not take it and may later."""
    comment = engine_posting.claim(comment_id, by=SYSTEM)
    if comment is None:
        return True
    try:
        known_as = connected(settings).post(comment.job_id, comment.text, comment.key)
    except EngineRefused as refusal:
        engine_posting.refused(comment, _in_words(comment, refusal), by=SYSTEM)
    except EngineAway as away:
        again_at = engine_posting.put_off(comment, away.reason, again_in=away.again_in, by=SYSTEM)
        defer(DUE, at=again_at, once=DUE)
        return False
    else:
        engine_posting.posted(comment, known_as, by=SYSTEM)
    return True


def _in_words(comment: EngineComment, refusal: EngineRefused) -> str:
    if refusal.status == HTTPStatus.NOT_FOUND:
        return f"Engine knows no job {comment.job_id}"
    if refusal.status == HTTPStatus.CONFLICT:
        return KEY_TAKEN
    return refusal.reason
