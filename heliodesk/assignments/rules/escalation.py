"""A follow-up that stays unanswered (F3): the escalation contact is tagged, once."""

from __future__ import annotations

from datetime import datetime

from heliodesk.assignments import access
from heliodesk.assignments.contacts import as_person
from heliodesk.assignments.models import FollowUp
from heliodesk.core import clock
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.markdown import render
from heliodesk.feed.mentions import keep_mentions
from heliodesk.feed.models import FeedItem
from heliodesk.feed.record import record
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import administrator_ids, notify, owner_ids
from heliodesk.people.access import SYSTEM, Actor
from heliodesk.people.models import DeskSettings, User

NO_CONTACT = (
    "The desk has no active escalation contact: an administrator can choose one in the settings."
)


@rule("F3", "K6")
def escalate_follow_up(follow_up_id: int, *, by: Actor = SYSTEM) -> FollowUp | None:
    """Tag the escalation contact, who thereby may see the case, and tell the owner; gives the
    follow-up, or None where there is nothing to escalate: it was answered, its assignment was
    withdrawn, it is not due yet, or it has been escalated.

    Where no active escalation contact is set, administrators are told instead. The case and the
    follow-up are locked, so that of two workers the second finds it done.
    """
    follow_up = _locked(follow_up_id)
    now = clock.now()
    if follow_up is None or not is_due(follow_up, now):
        return None
    contact = escalation_contact()
    item = _say(follow_up, contact, at=now, by=by)
    case = follow_up.assignment.case
    if contact is not None:
        keep_mentions(item, [as_person(contact)])
        notify([contact.pk], item, NoticeKind.FOLLOW_UP_UNANSWERED, by=by)
    else:
        notify(administrator_ids(), item, NoticeKind.SET_UP_LACKING, by=by)
    notify(owner_ids(case), item, NoticeKind.FOLLOW_UP_UNANSWERED, by=by)
    follow_up.escalated_at = now
    follow_up.save(update_fields=["escalated_at"])
    return follow_up


def is_due(follow_up: FollowUp, now: datetime) -> bool:
    """Whether it has waited its time in vain and nobody has been tagged yet."""
    waiting = follow_up.ended_at is None and follow_up.escalated_at is None
    return waiting and follow_up.escalates_at <= now


def late_follow_ups(limit: int = 500) -> list[int]:
    """The IDs of those which are due, longest first."""
    due = FollowUp.objects.filter(
        ended_at=None, escalated_at=None, escalates_at__lte=clock.now()
    ).order_by("escalates_at", "id")
    return list(due.values_list("pk", flat=True)[:limit])


def escalation_contact() -> User | None:
    """The desk's escalation contact, while they are active."""
    contact = DeskSettings.current().escalation_contact
    return contact if contact is not None and contact.is_active else None


def _locked(follow_up_id: int) -> FollowUp | None:
    """The follow-up's row, locked after its case's: the order in which every rule takes them."""
    known = FollowUp.objects.select_related("assignment__case").filter(pk=follow_up_id).first()
    if known is None:
        return None
    assignment = access.lock(known.assignment)
    found = FollowUp.objects.select_for_update().get(pk=follow_up_id)
    found.assignment = assignment
    return found


def _say(follow_up: FollowUp, contact: User | None, *, at: datetime, by: Actor) -> FeedItem:
    assignment = follow_up.assignment
    said = f"{assignment.department} has not answered the follow-up of {assignment}."
    body = f"@{contact.username.lower()} {said} Please see to it." if contact else NO_CONTACT
    hours = (follow_up.escalates_at - follow_up.asked_at).total_seconds() / 3600
    return record(
        assignment.case,
        kinds.FOLLOW_UP_ESCALATED,
        body=body,
        body_html=render(body, {contact.username.lower(): contact.name} if contact else {}),
        at=at,
        by=by,
        assignment=str(assignment),
        department=assignment.department.name,
        hours=round(hours),
    )
