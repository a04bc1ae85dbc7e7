"""The follow-up date of a case: a promised call back, a snooze (W1)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from heliodesk.cases import access
from heliodesk.cases.models import Case, Status
from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.notices.notify import notify_due, owner_ids
from heliodesk.people.access import SYSTEM, Actor

FURTHEST = timedelta(days=366)
WORDS = 200  # characters


@rule("W1", "K7")
def set_follow_up(case: Case, *, at: datetime, what_for: str, by: Actor) -> Case:
    """Come back to the case at `at` (aware), for `what_for`; gives the case.

    Refuses for anybody but the owner or a supervisor, on a closed case, a time that is past or
    more than a year away, and without a word on what for, of at most 200 characters.
    """
    case = access.lock(case)
    access.require_edit(case, by=by, to="set its follow-up date")
    access.require_open(case, to="set a follow-up date")
    require_time(at)
    what_for = trimmed(what_for)
    if not what_for or len(what_for) > WORDS:
        _refuse("what_for", f"Say in at most {WORDS} characters what it is for.")
    case.follow_up_at, case.follow_up_for = at, what_for
    changed = ["follow_up_at", "follow_up_for"]
    local = clock.local(at)
    words = f"{local:%b} {local.day}, {local.year}, {local:%H:%M}"
    record(case, kinds.FOLLOW_UP_DATE, changed=changed, at_words=words, what_for=what_for, by=by)
    return case


@rule("W1", "K7")
def clear_follow_up(case: Case, *, by: Actor) -> Case:
    """Take the follow-up date away, such as when it was kept; gives the case.

    Refuses for anybody but the owner or a supervisor, on a closed case, and where there is none.
    """
    case = access.lock(case)
    access.require_edit(case, by=by, to="take its follow-up date away")
    access.require_open(case, to="take its follow-up date away")
    if case.follow_up_at is None:
        raise Refused("no_follow_up", "The case has no follow-up date.", rule="W1")
    case.follow_up_at, case.follow_up_for = None, ""
    record(case, kinds.FOLLOW_UP_DATE_CLEARED, changed=["follow_up_at", "follow_up_for"], by=by)
    return case


@rule("W1", "C2")
def tell_of_due_follow_ups(*, by: Actor = SYSTEM) -> int:
    """Ring the owners' bell for each follow-up date that has come, once, however often it runs;
    gives of how many cases. A queue's members are told as its owners are."""
    now = clock.now()
    due = Case.objects.filter(follow_up_at__lte=now, follow_up_at__gt=now - timedelta(days=3))
    told = Notice.objects.filter(
        case=OuterRef("pk"), kind=NoticeKind.FOLLOW_UP_DATE, due_at=OuterRef("follow_up_at")
    )
    due = due.exclude(status=Status.CLOSED).filter(~Exists(told))
    for case in due:
        at = case.follow_up_at or now
        notify_due(owner_ids(case), case, NoticeKind.FOLLOW_UP_DATE, due_at=at, by=by)
    return len(due)


def require_time(at: datetime) -> None:
    """Refuse a time that is past, and one that nobody means."""
    now = clock.now()
    if at <= now:
        _refuse("at", "That time is past. Choose one to come.")
    if at > now + FURTHEST:
        _refuse("at", "That is more than a year away. Choose an earlier time.")


def _refuse(field: str, message: str) -> None:
    raise Refused(f"follow_up_{field}", message, rule="W1", field=field)
