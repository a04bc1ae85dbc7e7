"""The demo company in PostgreSQL: within every constraint, and as the rules would have made it.

A small one, since how much there is of it changes nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth import authenticate
from django.db import connection, transaction
from django.db.models import Count, F, Max, Q
from pytest_django import DjangoDbBlocker

from heliodesk.assignments.models import STANDING, CaseAssignment, FollowUp
from heliodesk.assignments.rules.ending import complete_assignment
from heliodesk.assignments.rules.working import accept_assignment
from heliodesk.cases.models import Activity, Case, ClosedReason, Closure, Interaction, Status
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.reopening import reopen
from heliodesk.cases.rules.review import log_review
from heliodesk.cases.rules.taking import take_next
from heliodesk.core.models import AuditEntry
from heliodesk.demo.load import Scale, load
from heliodesk.demo.people import DEMO_SIGN_INS, PASSWORD
from heliodesk.directory.models import Account, Contract
from heliodesk.feed.kinds import KINDS
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.notices.models import Notice
from heliodesk.people.access import actor_for
from heliodesk.people.models import Department, Queue, User
from tests.cast import actor
from tests.clocks import Clock
from tests.demo.conftest import NOW
from tests.standing import Standing

pytestmark = pytest.mark.xdist_group("demo")
SMALL = Scale(homes=80, cases=180, conversations=20)
MOVING = ["created", *(code for code, kind in KINDS.items() if kind.moves_last_modified)]


@pytest.fixture(scope="module")
def company_there(standing: Standing, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo company, loaded once in a transaction in which every test is a savepoint."""
    with (
        django_db_blocker.unblock(),
        standing.without(),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        Clock(patch).at = NOW
        load(echo=lambda _: None, scale=SMALL)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(company_there: None, db: None, still: Clock) -> None:
    """The demo company, loaded a moment ago."""
    still.at = NOW


def test_the_demo_company_holds_every_constraint(loaded: None) -> None:
    connection.check_constraints()
    assert Case.objects.count() >= 180
    assert Account.objects.filter(kind="homeowner").count() == 80
    assert Contract.objects.count() > 80
    closed = Q(status=Status.CLOSED)
    assert Case.objects.filter(closed).count() == Closure.objects.filter(reopened_at=None).count()


def test_it_is_loaded_once(loaded: None) -> None:
    before = FeedItem.objects.count()
    said: list[str] = []
    load(echo=said.append, scale=SMALL)
    assert FeedItem.objects.count() == before
    assert said == ["The demo company is there already."]


def test_last_modified_and_the_latest_review_are_those_of_the_feed(loaded: None) -> None:
    moved = Max("feed__at", filter=Q(feed__kind__in=MOVING))
    assert not Case.objects.annotate(moved=moved).exclude(moved=F("last_modified_at")).exists()
    latest = Case.objects.annotate(latest=Max("activities__at"))
    assert latest.filter(latest=F("reviewed_at")).exists()
    reviewed = latest.filter(Q(latest__isnull=False) | Q(reviewed_at__isnull=False))
    assert not reviewed.exclude(latest=F("reviewed_at")).exists()
    assert Activity.objects.count() == FeedItem.objects.filter(kind="review").count()


def test_every_event_is_in_the_record_of_changes(loaded: None) -> None:
    events = FeedItem.objects.values("kind").annotate(times=Count("id")).order_by("kind")
    noted = (
        AuditEntry.objects.filter(subject_kind="case")
        .values("kind")
        .annotate(times=Count("id"))
        .order_by("kind")
    )
    assert list(events) == list(noted)


def test_conversations_stand_on_their_cases_and_customers(loaded: None) -> None:
    told = FeedItem.objects.filter(kind="interaction")
    spoken = dict(Interaction.objects.values_list("id", "case_id"))
    assert told.exists()
    assert all(spoken[item.data["interaction"]] == item.case_id for item in told)
    resolved = Interaction.objects.filter(resolved=True)
    assert resolved.exists()
    assert not resolved.exclude(case=None).exists()


def test_assignments_are_as_the_rules_would_have_made_them(loaded: None) -> None:
    made = list(CaseAssignment.objects.order_by("id").select_related("department", "case"))
    assert [each.created_at for each in made] == sorted(each.created_at for each in made)
    referred = Case.objects.filter(status=Status.INTERNAL_REFERRAL)
    assert set(referred) == {each.case for each in made if each.status in STANDING}
    told = FeedItem.objects.filter(kind="assignment_created").order_by("at", "id")
    assert {item.data["assignment"] for item in told} == {str(each) for each in made}
    for each in made:
        members = set(each.department.memberships.values_list("user_id", flat=True))
        item = told.get(data__assignment=str(each))
        assert set(item.notices.values_list("recipient_id", flat=True)) == members
    asked = FollowUp.objects.filter(escalated_at=None, ended_at=None)
    assert not asked.filter(escalates_at__lte=NOW).exists()


def test_a_department_works_on_from_here(loaded: None) -> None:
    made = CaseAssignment.objects.filter(status="open").latest("id")
    member = actor(made.department.members.filter(is_active=True)[0])
    accept_assignment(made, by=member)
    complete_assignment(made, resolution="Done as asked.", by=member)
    assert Notice.objects.filter(item__kind="assignment_completed", read_at=None).exists()


def test_mentions_and_notices_lead_to_posts(loaded: None) -> None:
    assert Mention.objects.exists()
    for mention in Mention.objects.select_related("item", "user", "queue"):
        handle = mention.user.username if mention.user else mention.queue and mention.queue.slug
        assert f"@{handle} " in mention.item.body
        assert 'class="mention"' in mention.item.body_html
    assert Notice.objects.filter(read_at=None).exists()
    assert Notice.objects.filter(read_at__isnull=False).exists()
    assert not Notice.objects.filter(recipient=F("item__author")).exists()


def test_numbers_and_keys_go_on_behind_the_demo_company(loaded: None) -> None:
    latest = Case.objects.latest("number")
    numbers = list(Case.objects.order_by("created_at", "id").values_list("number", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    copied = Case.objects.values().get(pk=latest.pk)
    del copied["id"], copied["number"]
    made = Case.objects.create(**copied | {"status": Status.NEW, "closed_at": None})
    made.refresh_from_db()
    assert made.number == latest.number + 1
    assert made.pk > latest.pk


def test_one_signs_in_as_everybody_on_the_sign_in_page(loaded: None) -> None:
    for username, name, _, _ in DEMO_SIGN_INS:
        user = User.objects.get(username=username)
        assert user.name == name
        assert user.check_password(PASSWORD)
    assert authenticate(username="perry", password=PASSWORD) is None
    assert not Department.objects.filter(members=None).exists()


def test_a_back_office_agent_works_on_from_here(loaded: None) -> None:
    imani = actor(User.objects.get(username="imani"))
    case = take_next(Queue.objects.get(case_type="homeowner"), by=imani)
    log_review(case, comments="Current Status: read it.", by=imani)
    close(case, reason=ClosedReason.objects.get(name="Resolved"), by=imani)
    assert reopen(case, by=imani).status == Status.AWAITING_SUPPORT


def test_what_was_closed_lately_can_be_reopened(loaded: None) -> None:
    nora = actor_for(User.objects.get(username="nora"), origin="test")
    closing = Closure.objects.exclude(case__closures__reopened_at__isnull=False)
    case = closing.latest("closed_at").case
    assert reopen(case, by=nora).status == Status.AWAITING_SUPPORT
