"""Reopening a closed case, once and soon (X4); later, a new case continues it (X5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from heliodesk.cases import access
from heliodesk.cases.models import Case, Closure, Merge, Status
from heliodesk.cases.rules.jira_links import tell_of_case
from heliodesk.cases.rules.ownership import able_to_own, owner_name, set_owner
from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import notify, owner_ids
from heliodesk.people.access import Actor
from heliodesk.people.models import DeskSettings, Queue, User


@rule("X4", "X5")
def reopen(case: Case, *, by: Actor) -> Case:
    """Reopen the case within the reopening window; gives it, Awaiting Customer Support.

    Its owner is told. Where the owner can no longer work it, it goes to the queue of its type.
    Refuses for anybody outside Support, on an open case, a second time, and later.
    """
    case = access.lock(case)
    access.require_support(by=by, to="reopen a case")
    now = clock.now()
    closure = require_reopenable(case, now)
    closure.reopened_at = now
    closure.reopened_by_id = by.person_id
    closure.save(update_fields=["reopened_at", "reopened_by"])
    old, owner = owner_name(case), fit_owner(case, by=by)
    set_owner(case, owner)
    case.status = Status.AWAITING_SUPPORT
    case.closed_at = None
    case.review_due_from = now
    item = record(
        case,
        kinds.REOPENED,
        changed=["status", "closed_at", "owner_agent", "owner_queue", "review_due_from"],
        at=now,
        by=by,
    )
    if owner.name != old:
        record(case, kinds.OWNER, at=now, by=by, old=old, new=owner.name)
    tell_of_case(case)
    notify(owner_ids(case), item, NoticeKind.REOPENED, by=by)
    return case


def require_reopenable(case: Case, now: datetime) -> Closure:
    """The closure to undo; refuses where there is none, or X4 does not allow it (any more)."""
    if not case.is_closed:
        raise Refused("not_closed", "The case is open: work on in it.", rule="X4")
    if Merge.objects.filter(case=case, undone_at=None).exists():
        raise Refused(
            "merged",
            "The case was merged into another one. Undo the merge instead of reopening it.",
            rule="X7",
        )
    before = Closure.objects.filter(case=case, reopened_at__isnull=False).exists()
    closure = Closure.objects.get(case=case, reopened_at=None)
    window = DeskSettings.current().reopening_window
    require_in_time(now - closure.closed_at, window=window, reopened_before=before)
    return closure


def require_in_time(since: timedelta, *, window: timedelta, reopened_before: bool) -> None:
    """Refuse a second reopening, and one later than `window` after closing (X4, X5)."""
    if reopened_before:
        raise Refused(
            "reopened_before",
            "The case was reopened before, and a case is reopened once in its life. "
            "Open a new case from it.",
            rule="X4",
        )
    if since > window:
        hours = window.total_seconds() / 3600
        raise Refused(
            "reopening_too_late",
            f"The case was closed more than {hours:g} hours ago and stays closed. "
            "Open a new case from it.",
            rule="X4",
        )


def fit_owner(case: Case, *, by: Actor) -> User | Queue:
    """The case's owner; where they cannot work it any more, the queue of its type; where there
    is no such queue, whoever reopens it (Q1, X4)."""
    owner: User | Queue | None = case.owner_agent or case.owner_queue
    if owner is not None and able_to_own(owner):
        return owner
    queue = Queue.objects.filter(case_type=case.case_type).first()
    if queue is not None and able_to_own(queue):
        return queue
    return User.objects.get(pk=by.person_id)
