"""A follow-up that stays unanswered: the escalation contact is tagged, once (F3, K6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heliodesk.assignments.jobs import escalate, escalate_late
from heliodesk.assignments.models import CaseAssignment, FollowUp
from heliodesk.assignments.rules.ending import withdraw_assignment
from heliodesk.assignments.rules.escalation import escalate_follow_up
from heliodesk.assignments.rules.follow_up import follow_up_assignment
from heliodesk.cases.access import visible_cases
from heliodesk.core.models import AuditEntry
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.feed.rules.posts import post
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.people.models import DeskSettings, User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.races import overtaken

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(company: Cast) -> User:
    """The desk's escalation contact, of no department."""
    boss = cast.user("boss")
    DeskSettings.objects.create(pk=1, escalation_contact=boss)
    return boss


@pytest.fixture
def asked(company: Cast, still: Clock) -> FollowUp:
    """What Frank asked Sales just now."""
    assignment = cast.assignment(company, cast.case(company))
    return follow_up_assignment(assignment, by=actor(company.frank))


def escalations() -> list[FeedItem]:
    """What the feed says of escalations."""
    return list(FeedItem.objects.filter(kind="follow_up_escalated"))


def told(kind: NoticeKind) -> set[str]:
    """Who has a notice of that kind."""
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def test_after_48_hours_the_contact_is_tagged_and_the_owner_told(
    boss: User, asked: FollowUp, still: Clock
) -> None:
    case = asked.assignment.case
    still.move(hours=48)

    escalate_follow_up(asked.pk)

    asked.refresh_from_db()
    assert asked.escalated_at == still.at
    (item,) = escalations()
    assert item.author is None
    assert item.at == still.at
    assert item.data == {"assignment": str(asked.assignment), "department": "Sales", "hours": 48}
    assert "Boss Tester" in item.body_html
    assert Mention.objects.get(item=item).user == boss
    assert told(NoticeKind.FOLLOW_UP_UNANSWERED) == {"boss", "frank"}
    assert visible_cases(actor(boss)).filter(pk=case.pk).exists()
    assert AuditEntry.objects.filter(kind="follow_up_escalated", origin="system").exists()


def test_not_a_moment_before(boss: User, asked: FollowUp, still: Clock) -> None:
    still.move(hours=47, minutes=59, seconds=59)
    assert escalate_follow_up(asked.pk) is None
    escalate_late()
    assert escalations() == []


def test_once_however_often_it_is_found(boss: User, asked: FollowUp, still: Clock) -> None:
    still.move(days=3)
    escalate(follow_up=asked.pk)
    escalate_late()
    escalate(follow_up=asked.pk)
    assert len(escalations()) == 1
    assert Notice.objects.filter(kind=NoticeKind.FOLLOW_UP_UNANSWERED).count() == 2


def test_what_was_missed_for_a_day_is_found_by_itself(
    boss: User, asked: FollowUp, still: Clock
) -> None:
    still.move(days=3)
    escalate_late()
    assert len(escalations()) == 1


def test_not_where_the_department_has_answered(
    company: Cast, boss: User, asked: FollowUp, still: Clock
) -> None:
    still.move(hours=47)
    post(asked.assignment.case, body="Tomorrow.", by=actor(company.dora))
    still.move(hours=2)
    assert escalate_follow_up(asked.pk) is None
    assert escalations() == []


def test_not_where_the_assignment_was_withdrawn(
    company: Cast, boss: User, asked: FollowUp, still: Clock
) -> None:
    withdraw_assignment(asked.assignment, by=actor(company.frank))
    still.move(hours=49)
    escalate_late()
    assert escalations() == []


@pytest.mark.parametrize("contact", ["none", "inactive"])
def test_without_an_active_contact_administrators_are_told(
    company: Cast, asked: FollowUp, still: Clock, contact: str
) -> None:
    if contact == "inactive":
        gone = cast.user("gone", is_active=False)
        DeskSettings.objects.create(pk=1, escalation_contact=gone)
    still.move(hours=48)
    escalate_follow_up(asked.pk)
    (item,) = escalations()
    assert "no active escalation contact" in item.body
    assert told(NoticeKind.SET_UP_LACKING) == {"ada"}
    assert told(NoticeKind.FOLLOW_UP_UNANSWERED) == {"frank"}
    assert not Mention.objects.filter(item=item).exists()


def test_the_members_of_an_owning_queue_are_told(company: Cast, boss: User, still: Clock) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    asked = follow_up_assignment(cast.assignment(company, case), by=actor(company.bea))
    still.move(hours=48)
    escalate_follow_up(asked.pk)
    assert told(NoticeKind.FOLLOW_UP_UNANSWERED) == {"boss", "bea", "bob"}


def test_the_hours_that_held_when_it_was_asked_hold(
    company: Cast, boss: User, asked: FollowUp, still: Clock
) -> None:
    DeskSettings.objects.filter(pk=1).update(follow_up_hours=5)
    still.move(hours=6)
    assert escalate_follow_up(asked.pk) is None
    assert asked.escalates_at - asked.asked_at == timedelta(hours=48)


def test_answered_too_late_it_has_been_escalated_and_is_answered(
    company: Cast, boss: User, asked: FollowUp, still: Clock
) -> None:
    still.move(hours=50)
    escalate_late()
    post(asked.assignment.case, body="Sorry, now.", by=actor(company.dora))
    asked.refresh_from_db()
    assert asked.answered_by == company.dora
    follow_up_assignment(CaseAssignment.objects.get(), by=actor(company.frank))
    assert FollowUp.objects.count() == 2


def test_one_that_is_not_there_is_nothing(company: Cast) -> None:
    assert escalate_follow_up(404) is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tag_once(boss: User, asked: FollowUp, still: Clock) -> None:
    still.move(hours=48)
    outcome = overtaken(lambda: escalate_follow_up(asked.pk), lambda: escalate_follow_up(asked.pk))
    assert outcome == ""
    assert len(escalations()) == 1


@pytest.mark.django_db(transaction=True)
def test_answered_at_the_very_moment_nobody_is_tagged(
    company: Cast, boss: User, asked: FollowUp, still: Clock
) -> None:
    still.move(hours=48)
    dora = actor(company.dora)
    overtaken(
        lambda: post(asked.assignment.case, body="Here.", by=dora),
        lambda: escalate_follow_up(asked.pk),
    )
    assert escalations() == []
