"""Asking after an assignment (F1), and its answer (F2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from heliodesk.assignments import access
from heliodesk.assignments.contacts import Asked, whom_to_ask
from heliodesk.assignments.models import STANDING, CaseAssignment, FollowUp
from heliodesk.cases import access as case_access
from heliodesk.cases.models import Case
from heliodesk.core import clock
from heliodesk.core.jobs import defer
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.markdown import render
from heliodesk.feed.mentions import keep_mentions
from heliodesk.feed.models import FeedItem
from heliodesk.feed.record import record
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import administrator_ids, notify
from heliodesk.people.access import Actor
from heliodesk.people.models import DeskSettings

ESCALATE = "heliodesk.assignments.jobs.escalate"


@rule("F1", "F3", "K7")
def follow_up_assignment(assignment: CaseAssignment, *, by: Actor) -> FollowUp:
    """Ask the department after an assignment that stands; gives the follow-up.

    A post on the feed tags the department's follow-up contacts: those of the assignment's topic,
    all or the first who is active, as the department is set up; its members where it has none, and
    administrators are told so. Unanswered at `escalates_at` it is escalated (F3). Refuses whoever
    may not assign, an assignment that has ended, and a second one while the first is unanswered.
    """
    assignment = access.lock(assignment)
    case_access.require_visible(assignment.case, by=by)
    case_access.require_assign(assignment.case, by=by, to="ask after one of its assignments")
    require_standing(assignment)
    require_none_unanswered(assignment)
    now = clock.now()
    follow_up = FollowUp.objects.create(
        assignment=assignment,
        asked_at=now,
        asked_by_id=by.person_id,
        escalates_at=now + DeskSettings.current().follow_up_limit,
    )
    asked = whom_to_ask(assignment)
    _tell(_post(assignment, asked, at=now, by=by), asked, by=by)
    defer(ESCALATE, at=follow_up.escalates_at, follow_up=follow_up.pk)
    return follow_up


@rule("F2", "F4")
def answer_follow_ups(
    case: Case, department_ids: Iterable[int], *, by: Actor, at: datetime
) -> list[FollowUp]:
    """A word of these departments on the case, such as a post, answers what they were asked;
    gives the follow-ups that it answered.
    """
    # Acts on assignments take the case first too: whoever comes second waits, and none deadlock.
    case_access.lock(case)
    standing = CaseAssignment.objects.filter(
        case=case, department_id__in=department_ids, status__in=STANDING
    )
    ids = list(standing.values_list("pk", flat=True))
    return _answer(ids, by=by, at=at) if ids else []


@rule("F2", "F4")
def answer_by_act(assignment: CaseAssignment, *, by: Actor, at: datetime) -> None:
    """An act on the assignment by somebody of its department answers what was asked about it.

    Called by each act, the assignment's row being locked.
    """
    _answer([assignment.pk], by=by, at=at)


@rule("F2")
def end_follow_up(assignment: CaseAssignment, *, at: datetime, by: Actor) -> None:
    """`by` withdrew the assignment: what was asked about it stays unanswered, and nobody is told
    that it does."""
    FollowUp.objects.filter(assignment=assignment, ended_at=None).update(ended_at=at)


def require_standing(assignment: CaseAssignment) -> None:
    """Refuse to ask after what has ended (F1)."""
    if assignment.status not in STANDING:
        raise Refused(
            "assignment_ended",
            f"{assignment} with {assignment.department} is {assignment.get_status_display()}: "
            "there is nothing to ask after. Post in the feed, or create a new assignment.",
            rule="F1",
        )


def require_none_unanswered(assignment: CaseAssignment) -> None:
    """Refuse a second follow-up while the first is unanswered (F1)."""
    first = FollowUp.objects.filter(assignment=assignment, ended_at=None).first()
    if first is not None:
        then = "It has been escalated" if first.escalated_at else "It is escalated if they do not"
        raise Refused(
            "follow_up_unanswered",
            f"{assignment.department} has been asked after {assignment} already and has not "
            f"answered yet. {then}; until they answer, post in the feed instead.",
            rule="F1",
            about={"asked_at": first.asked_at, "escalates_at": first.escalates_at},
        )


def _answer(ids: list[int], *, by: Actor, at: datetime) -> list[FollowUp]:
    CaseAssignment.objects.filter(pk__in=ids).update(acted_at=at)
    waiting = FollowUp.objects.filter(assignment__in=ids, ended_at=None)
    answered = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    if answered:
        waiting.update(ended_at=at, answered_by_id=by.user_id)
    return answered


def _post(assignment: CaseAssignment, asked: Asked, *, at: datetime, by: Actor) -> FeedItem:
    """The post that tags those who are asked."""
    about = ", ".join(str(part.name) for part in (assignment.reason, assignment.topic) if part)
    body = f"{asked.handles} how does {assignment} ({about}) stand? {asked.warning}".strip()
    return record(
        assignment.case,
        kinds.FOLLOW_UP,
        body=body,
        body_html=render(body, {one.handle: one.name for one in asked.mentioned}),
        at=at,
        by=by,
        assignment=str(assignment),
        department=assignment.department.name,
    )


def _tell(item: FeedItem, asked: Asked, *, by: Actor) -> None:
    """Write the mentions, which let their contacts see the case (K6), and ring the bells."""
    keep_mentions(item, asked.mentioned)
    notify(asked.people, item, NoticeKind.ASKED_AFTER, by=by)
    if asked.warning:
        notify(administrator_ids(), item, NoticeKind.SET_UP_LACKING, by=by)
