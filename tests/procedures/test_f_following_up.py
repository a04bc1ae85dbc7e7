"""Following up an assignment (F1–F3), through the screens that people use."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from heliodesk.assignments.jobs import escalate_late
from heliodesk.assignments.models import CaseAssignment, FollowUp
from heliodesk.cases.access import visible_cases
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.notices.models import Notice
from heliodesk.people.models import DeskSettings, FollowUpContact, Topic, User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.screens import page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(company: Cast, still: Clock) -> CaseAssignment:
    """What Frank's case asks of Sales."""
    return cast.assignment(company, cast.case(company))


def signed_in(client: Client, user: User) -> Client:
    """The same browser with somebody at it."""
    client.force_login(user)
    return client


def ask_after(client: Client, assignment: CaseAssignment) -> int:
    """Press *Follow up*; gives the status of the answer."""
    return client.post(reverse("assignment_follow_up", args=[assignment.pk])).status_code


def notices() -> set[tuple[str, str]]:
    """Who was told, and why."""
    return set(Notice.objects.values_list("recipient__username", "kind"))


def tagged(kind: str) -> set[str]:
    """Whom a post of that kind tags."""
    mentions = Mention.objects.filter(item__kind=kind)
    return {str(one.user or one.department) for one in mentions}


def test_f1_one_action_tags_the_contacts_as_the_department_is_set_up(
    frank_client: Client, company: Cast, assignment: CaseAssignment
) -> None:
    topic = Topic.objects.create(department=company.sales, name="Omnidian")
    other = Topic.objects.create(department=company.sales, name="Workout Plans")
    for position, (name, of) in enumerate(
        [("gone", topic), ("otto", topic), ("olga", topic), ("wilma", other)]
    ):
        FollowUpContact.objects.create(
            department=company.sales,
            topic=of,
            position=position,
            user=cast.user(name, is_active=name != "gone"),
        )
    CaseAssignment.objects.filter(pk=assignment.pk).update(topic=topic)

    assert ask_after(frank_client, assignment) == HTTPStatus.SEE_OTHER

    assert tagged("follow_up") == {"Otto Tester", "Olga Tester"}
    assert notices() == {("otto", "asked_after"), ("olga", "asked_after")}
    assert "@Otto Tester" in page(company.frank, assignment.case.get_absolute_url())

    Mention.objects.all().delete()
    FollowUp.objects.all().delete()
    company.sales.follow_up_all = False
    company.sales.save()
    ask_after(frank_client, assignment)
    assert tagged("follow_up") == {"Otto Tester"}


def test_f1_without_contacts_members_are_tagged_and_administrators_warned(
    frank_client: Client, company: Cast, assignment: CaseAssignment
) -> None:
    ask_after(frank_client, assignment)
    assert tagged("follow_up") == {"Sales"}
    assert notices() == {("dora", "asked_after"), ("ada", "set_up_lacking")}


def test_f1_not_after_one_that_has_ended_nor_a_second_time(
    frank_client: Client, company: Cast, assignment: CaseAssignment
) -> None:
    ask_after(frank_client, assignment)
    assert ask_after(frank_client, assignment) == HTTPStatus.CONFLICT
    assert FollowUp.objects.count() == 1
    frank_client.post(reverse("assignment_withdraw", args=[assignment.pk]))
    assert ask_after(frank_client, assignment) == HTTPStatus.CONFLICT
    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize("answer", ["a reply", "an act"])
def test_f2_a_reply_or_an_act_of_the_department_answers_it(
    client: Client, company: Cast, assignment: CaseAssignment, still: Clock, answer: str
) -> None:
    ask_after(signed_in(client, company.frank), assignment)
    still.move(hours=40)
    dora = signed_in(client, company.dora)
    if answer == "a reply":
        asked = FeedItem.objects.get(kind="follow_up")
        dora.post(
            f"{assignment.case.get_absolute_url()}posts/", {"body": "Soon.", "reply_to": asked.pk}
        )
    else:
        dora.post(reverse("assignment_accept", args=[assignment.pk]))
    follow_up = FollowUp.objects.get()
    assert (follow_up.answered_by, follow_up.ended_at) == (company.dora, still.at)

    still.move(hours=48)
    escalate_late()
    assert tagged("follow_up_escalated") == set()


def test_f3_unanswered_for_48_hours_the_escalation_contact_is_tagged_once(
    company: Cast, assignment: CaseAssignment, still: Clock
) -> None:
    boss = cast.user("boss")
    DeskSettings.objects.create(pk=1, escalation_contact=boss)
    case = assignment.case.get_absolute_url()
    send(company.frank, reverse("assignment_follow_up", args=[assignment.pk]))
    assert not visible_cases(actor(boss)).exists()
    still.move(hours=46, minutes=30)
    assert "1 h 30 min" in page(company.frank, f"{case}?tab=assignments")
    escalate_late()
    assert tagged("follow_up_escalated") == set()

    still.move(days=1, hours=2)
    escalate_late()
    escalate_late()

    assert tagged("follow_up_escalated") == {"Boss Tester"}
    assert FeedItem.objects.filter(kind="follow_up_escalated").count() == 1
    unanswered = {who for who, why in notices() if why == "follow_up_unanswered"}
    assert unanswered == {"boss", "frank"}
    for person in (boss, company.frank):
        assert "has not answered the follow-up" in page(person, case)
