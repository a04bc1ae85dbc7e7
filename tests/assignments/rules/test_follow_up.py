"""Asking after an assignment: whom it tags, what it refuses, and what answers it (F1, F2, K6)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from heliodesk.assignments.models import CaseAssignment, FollowUp
from heliodesk.assignments.rules.ending import withdraw_assignment
from heliodesk.assignments.rules.follow_up import ESCALATE, follow_up_assignment
from heliodesk.assignments.rules.working import accept_assignment
from heliodesk.cases.access import visible_cases
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.feed.rules.posts import post
from heliodesk.files.rules.upload import add_files
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.people.models import (
    Department,
    DeskSettings,
    FollowUpContact,
    ReferralReason,
    Topic,
    User,
)
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.core.queue import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(company: Cast) -> CaseAssignment:
    """What Frank's case asks of Sales."""
    return cast.assignment(company, cast.case(company))


def contact(
    department: Department, who: User, *, topic: Topic | None = None, position: int = 0
) -> FollowUpContact:
    """Somebody whom follow-ups of the department tag."""
    return FollowUpContact.objects.create(
        department=department, user=who, topic=topic, position=position
    )


def legal_assignment(company: Cast, beside: CaseAssignment) -> CaseAssignment:
    """What the same case asks of Legal."""
    reason = ReferralReason.objects.create(department=company.legal, name="Lien")
    return cast.assignment(company, beside.case, department=company.legal, reason=reason)


def tagged() -> set[str]:
    """Whom the follow-up's post mentions."""
    mentions = Mention.objects.filter(item__kind="follow_up").select_related("user", "department")
    return {str(one.user or one.department) for one in mentions}


def told(kind: NoticeKind) -> set[str]:
    """Who has a notice of that kind."""
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def test_the_owner_asks_and_the_contacts_are_tagged_and_told(
    company: Cast, assignment: CaseAssignment, still: Clock
) -> None:
    carl = cast.user("carl")
    contact(company.sales, carl)

    asked = follow_up_assignment(assignment, by=actor(company.frank))

    assert (asked.asked_at, asked.asked_by) == (still.at, company.frank)
    assert asked.escalates_at == still.at + timedelta(hours=48)
    item = FeedItem.objects.get(kind="follow_up")
    assert item.author == company.frank
    assert "@carl" in item.body
    assert "Carl Tester" in item.body_html
    assert item.data == {"assignment": str(assignment), "department": "Sales"}
    assert (tagged(), told(NoticeKind.ASKED_AFTER)) == ({"Carl Tester"}, {"carl"})
    assert visible_cases(actor(carl)).filter(pk=assignment.case_id).exists()


def test_all_contacts_are_tagged_or_the_first_who_is_active(
    company: Cast, assignment: CaseAssignment
) -> None:
    gone = cast.user("gone", is_active=False)
    for position, who in enumerate([gone, cast.user("carl"), cast.user("cora")]):
        contact(company.sales, who, position=position)
    Department.objects.filter(pk=company.sales.pk).update(follow_up_all=False)
    follow_up_assignment(assignment, by=actor(company.frank))
    assert tagged() == {"Carl Tester"}

    Mention.objects.all().delete()
    FollowUp.objects.all().delete()
    Department.objects.filter(pk=company.sales.pk).update(follow_up_all=True)
    follow_up_assignment(assignment, by=actor(company.frank))
    assert tagged() == {"Carl Tester", "Cora Tester"}


def test_the_contacts_are_those_of_the_topic(company: Cast, assignment: CaseAssignment) -> None:
    omnidian = Topic.objects.create(department=company.sales, name="Omnidian")
    workout = Topic.objects.create(department=company.sales, name="Workout Plans")
    contact(company.sales, cast.user("otto"), topic=omnidian)
    contact(company.sales, cast.user("wilma"), topic=workout)
    CaseAssignment.objects.filter(pk=assignment.pk).update(topic=workout)

    follow_up_assignment(assignment, by=actor(company.frank))

    assert tagged() == {"Wilma Tester"}
    assert "Workout Plans" in FeedItem.objects.get(kind="follow_up").body


def test_without_contacts_the_members_are_tagged_and_administrators_told(
    company: Cast, assignment: CaseAssignment
) -> None:
    contact(company.sales, cast.user("gone", is_active=False))

    follow_up_assignment(assignment, by=actor(company.frank))

    assert tagged() == {"Sales"}
    assert told(NoticeKind.ASKED_AFTER) == {"dora"}
    assert told(NoticeKind.SET_UP_LACKING) == {"ada"}
    assert "no active follow-up contact" in FeedItem.objects.get(kind="follow_up").body


def test_nobody_is_told_of_their_own_doing(company: Cast, assignment: CaseAssignment) -> None:
    contact(company.sales, company.frank)
    follow_up_assignment(assignment, by=actor(company.frank))
    assert not Notice.objects.exists()


def test_the_hours_are_a_setting(company: Cast, assignment: CaseAssignment, still: Clock) -> None:
    DeskSettings.objects.create(pk=1, follow_up_hours=5)
    asked = follow_up_assignment(assignment, by=actor(company.frank))
    assert asked.escalates_at == still.at + timedelta(hours=5)


@pytest.mark.parametrize("who", ["sue", "ada"])
def test_a_supervisor_may_ask(company: Cast, assignment: CaseAssignment, who: str) -> None:
    follow_up_assignment(assignment, by=actor(getattr(company, who)))
    assert FollowUp.objects.get().asked_by == getattr(company, who)


def test_a_member_of_the_owning_queue_may_ask(company: Cast) -> None:
    case = cast.case(company, owner_agent=None, owner_queue=company.homeowner_queue)
    follow_up_assignment(cast.assignment(company, case), by=actor(company.bea))
    assert FollowUp.objects.get().asked_by == company.bea


@pytest.mark.parametrize("who", ["fiona", "bea", "dora"])
def test_nobody_else_may_ask(company: Cast, assignment: CaseAssignment, who: str) -> None:
    with pytest.raises(NotPermitted, match="ask after") as refused:
        follow_up_assignment(assignment, by=actor(getattr(company, who)))
    assert refused.value.rule == "K7"


def test_an_outsider_learns_nothing(company: Cast, assignment: CaseAssignment) -> None:
    with pytest.raises(NotFound):
        follow_up_assignment(assignment, by=actor(company.oscar))


def test_not_after_one_that_has_ended(company: Cast, assignment: CaseAssignment) -> None:
    withdraw_assignment(assignment, by=actor(company.frank))
    with pytest.raises(Refused, match="is Withdrawn") as refused:
        follow_up_assignment(assignment, by=actor(company.frank))
    assert (refused.value.code, refused.value.rule) == ("assignment_ended", "F1")


def test_not_twice_while_the_first_is_unanswered(company: Cast, assignment: CaseAssignment) -> None:
    follow_up_assignment(assignment, by=actor(company.frank))
    with pytest.raises(Refused, match="has been asked after") as refused:
        follow_up_assignment(assignment, by=actor(company.sue))
    assert (refused.value.code, refused.value.rule) == ("follow_up_unanswered", "F1")

    post(assignment.case, body="Tomorrow.", by=actor(company.dora))
    follow_up_assignment(assignment, by=actor(company.frank))
    assert FollowUp.objects.count() == 2


def test_a_post_of_the_department_answers_and_who_asked_is_told(
    company: Cast, assignment: CaseAssignment, still: Clock
) -> None:
    follow_up_assignment(assignment, by=actor(company.frank))
    still.move(hours=3)

    post(assignment.case, body="We are on it.", by=actor(company.dora))

    asked = FollowUp.objects.get()
    assert (asked.ended_at, asked.answered_by) == (still.at, company.dora)
    assignment.refresh_from_db()
    assert assignment.acted_at == still.at
    assert told(NoticeKind.REPLIED) == {"frank"}


@pytest.mark.parametrize("who", ["frank", "bea", "ada"])
def test_a_post_of_anybody_else_answers_nothing(
    company: Cast, assignment: CaseAssignment, still: Clock, who: str
) -> None:
    follow_up_assignment(assignment, by=actor(company.frank))
    still.move(hours=3)
    post(assignment.case, body="Any news?", by=actor(getattr(company, who)))
    assert FollowUp.objects.get().ended_at is None
    assignment.refresh_from_db()
    assert assignment.acted_at < still.at


def test_what_another_department_was_asked_stays_unanswered(
    company: Cast, assignment: CaseAssignment
) -> None:
    legal = legal_assignment(company, assignment)
    for one in (assignment, legal):
        follow_up_assignment(one, by=actor(company.frank))
    post(assignment.case, body="Ours is done.", by=actor(company.dora))
    assert FollowUp.objects.get(ended_at=None).assignment == legal


def test_an_act_answers_what_was_asked_about_that_assignment_only(
    company: Cast, assignment: CaseAssignment
) -> None:
    other = cast.assignment(company, assignment.case)
    for one in (assignment, other):
        follow_up_assignment(one, by=actor(company.frank))
    accept_assignment(assignment, by=actor(company.dora))
    assert FollowUp.objects.get(assignment=assignment).answered_by == company.dora
    assert FollowUp.objects.get(assignment=other).ended_at is None


def test_withdrawn_it_ends_without_an_answer(company: Cast, assignment: CaseAssignment) -> None:
    follow_up_assignment(assignment, by=actor(company.frank))
    withdraw_assignment(assignment, by=actor(company.frank))
    asked = FollowUp.objects.get()
    assert asked.ended_at is not None
    assert asked.answered_by is None


def test_a_word_of_support_costs_nothing(company: Cast, assignment: CaseAssignment) -> None:
    with CaptureQueriesContext(connection) as asked:
        post(assignment.case, body="No mention.", by=actor(company.frank))
    assert not [query for query in asked.captured_queries if "assignments_" in query["sql"]]


def test_a_file_of_the_department_answers_too(
    company: Cast, assignment: CaseAssignment, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    follow_up_assignment(assignment, by=actor(company.frank))
    add_files(
        assignment.case,
        uploads=[SimpleUploadedFile("offer.pdf", b"%PDF-1.7")],
        by=actor(company.dora),
    )
    assert FollowUp.objects.get().answered_by == company.dora


def test_asked_there_is_one_job_for_its_time_and_refused_none(
    company: Cast, assignment: CaseAssignment
) -> None:
    with pytest.raises(NotPermitted):
        follow_up_assignment(assignment, by=actor(company.fiona))
    assert waiting(ESCALATE) == []
    asked = follow_up_assignment(assignment, by=actor(company.frank))
    with pytest.raises(Refused):
        follow_up_assignment(assignment, by=actor(company.sue))
    assert waiting(ESCALATE) == [{"follow_up": asked.pk}]
    assert ProcrastinateJob.objects.get().scheduled_at == asked.escalates_at
