"""What becomes of a comment while it is sent to Engine (E1): one step a transaction, and none of
them open while Engine is spoken to. They lock Engine's settings, the case and the comment in this
order, so that none waits for another for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q

from heliodesk.cases import access
from heliodesk.cases.models import EngineComment, EngineSettings, EngineState
from heliodesk.core import audit, clock
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor

#: How long one worker has a comment to itself: three times what sending can take.
CLAIMED_FOR = timedelta(seconds=30)
FIRST_PAUSE = 5.0  # seconds
LONGEST_PAUSE = 60.0
LONGEST_WISH = 60 * 60.0  # seconds that Engine may ask for


@rule("E1")
def claim(comment_id: int, *, by: Actor) -> EngineComment | None:
    """Take the comment for sending it; None where it waits no more or another worker is at it."""
    now = clock.now()
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    taken = EngineComment.objects.filter(free, pk=comment_id, state=EngineState.WAITING).update(
        claimed_until=now + CLAIMED_FOR, tries=F("tries") + 1
    )
    return EngineComment.objects.select_related("case").get(pk=comment_id) if taken else None


@rule("E1")
def posted(comment: EngineComment, comment_id: str, *, by: Actor) -> None:
    """Engine has the comment and calls it `comment_id`: so it is, whatever was decided meanwhile.
    Said once, also where two workers were told so."""
    EngineSettings.objects.exclude(failures=0).update(failures=0, rests_until=None)
    case = access.lock(comment.case)
    comment = _locked(comment)
    if comment.state == EngineState.POSTED:
        return
    comment.state, comment.posted_at = EngineState.POSTED, clock.now()
    comment.comment_id, comment.reason = comment_id, ""
    comment.next_try_at = comment.claimed_until = None
    comment.save()
    record(case, kinds.ENGINE_POSTED, job=comment.job_id, text=comment.text, by=by)


@rule("E1")
def refused(comment: EngineComment, reason: str, *, by: Actor) -> None:
    """Engine will not take the comment, and would not the next time: that is told on the case."""
    case = access.lock(comment.case)
    comment = _locked(comment)
    comment.claimed_until = None
    if comment.state == EngineState.WAITING:
        comment.state, comment.next_try_at = EngineState.REFUSED, None
        comment.reason = reason
        record(case, kinds.ENGINE_REFUSED, job=comment.job_id, reason=reason, by=by)
    comment.save()


@rule("E1")
def put_off(comment: EngineComment, reason: str, *, again_in: float | None, by: Actor) -> datetime:
    """Engine did not take the comment and may later: leave Engine alone for a while, longer each
    time, or for the seconds that it asks for. Gives when it is tried again."""
    settings, _ = EngineSettings.objects.select_for_update().get_or_create(pk=1)
    comment = _locked(comment)
    settings.failures += 1
    settings.rests_until = clock.now() + timedelta(seconds=pause(settings.failures, again_in))
    settings.save(update_fields=["failures", "rests_until"])
    comment.claimed_until = None
    if comment.state == EngineState.WAITING:
        comment.next_try_at, comment.reason = settings.rests_until, reason
        if comment.tries == 1:  # so that whoever has the case open sees why it waits
            audit.note("engine_waits", "case", comment.case_id, changes={"reason": reason}, by=by)
    comment.save()
    return settings.rests_until


@rule("E2")
def leave_by_hand(*, by: Actor) -> int:
    """With no Engine set up nothing waits for one: what does is to be posted by hand. Gives how
    many they were."""
    return EngineComment.objects.filter(state=EngineState.WAITING).update(
        state=EngineState.BY_HAND, next_try_at=None, claimed_until=None
    )


def due(most: int) -> list[int]:
    """The comments that are due to be sent, those first that have waited longest."""
    now = clock.now()
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    waiting = EngineComment.objects.filter(free, state=EngineState.WAITING, next_try_at__lte=now)
    return list(waiting.order_by("next_try_at", "id").values_list("pk", flat=True)[:most])


def pause(failures: int, again_in: float | None = None) -> float:
    """Seconds that Engine is left alone after so many failures in a row: 5, 10, 20 … a minute; or
    what it asks for, an hour at most."""
    if again_in is not None:
        return min(max(again_in, 1.0), LONGEST_WISH)
    return min(FIRST_PAUSE * 2.0 ** min(failures - 1, 10), LONGEST_PAUSE)


def _locked(comment: EngineComment) -> EngineComment:
    return EngineComment.objects.select_for_update().get(pk=comment.pk)
