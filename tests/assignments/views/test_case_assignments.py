"""The Case Assignments tab: what it shows, in how few statements, and to whom it offers what."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from heliodesk.assignments.models import CaseAssignment, FollowUp
from heliodesk.assignments.rules.follow_up import follow_up_assignment
from heliodesk.cases.models import Case, Status
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def asked(company: Cast, still: Clock) -> Case:
    """A case that Sales and Legal were asked for; Legal is done."""
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    managers = {"account_manager": company.sue, "sales_manager": company.ada}
    cast.assignment(company, case, **managers)
    cast.assignment(
        company,
        case,
        department=company.legal,
        reason=company.legal_reason,
        status="completed",
        outcome="The letter was answered.",
    )
    return case


def tab(case: Case) -> str:
    """The address of the tab."""
    return f"{case.get_absolute_url()}?tab=assignments"


def one(case: Case, company: Cast) -> CaseAssignment:
    """The assignment that stands with Sales."""
    return CaseAssignment.objects.get(case=case, department=company.sales)


@pytest.mark.parametrize("where", ["", "?tab=assignments", "?tab=related"])
def test_at_most_eight_statements(
    company: Cast, asked: Case, where: str, django_assert_max_num_queries: Statements
) -> None:
    company.legal.voids_case = True
    company.legal.save()
    CaseAssignment.objects.filter(department=company.legal).update(status="returned")
    client = browser(company.frank)
    client.get(asked.get_absolute_url())
    with django_assert_max_num_queries(8):
        shown = client.get(asked.get_absolute_url() + where)
    assert "Legal returned it" in shown.content.decode()


def test_a_case_without_assignments_costs_no_statement_more(
    company: Cast, django_assert_max_num_queries: Statements
) -> None:
    client = browser(company.frank)
    case = cast.case(company)
    client.get(case.get_absolute_url())
    with django_assert_max_num_queries(6):
        client.get(case.get_absolute_url())
    with django_assert_max_num_queries(6):
        assert "No case assignment yet" in client.get(tab(case)).content.decode()


def test_it_shows_who_was_asked_for_what_and_what_became_of_it(company: Cast, asked: Case) -> None:
    shown = page(company.frank, tab(asked))
    standing, ended = shown.index("Sales promise"), shown.index("Attorney letter")
    assert standing < ended
    for words in (
        str(one(asked, company)),
        "Who promised this?",
        "Nobody yet",
        "Account Manager</dt><dd>Sue Tester",
        "Sales Manager</dt><dd>Ada Tester",
        "Frank Tester, ",
        "Completed</span> by Dora Tester",
        "The letter was answered.",
        'Case Assignments <span class="count">2</span> <span class="tabs__note">1 open</span>',
    ):
        assert words in shown, words


def test_the_owner_may_follow_up_withdraw_and_create(company: Cast, asked: Case) -> None:
    number = str(one(asked, company))
    acts = [f"/assignments/{number}/{act}/" for act in ("follow-up", "withdrawal/new")]
    shown = page(company.frank, tab(asked))
    assert all(act in shown for act in acts)
    other = page(company.fiona, tab(asked))
    assert not any(act in other for act in acts)
    assert "Only the case owner, a member of the owning queue or a supervisor may assign" in other


def test_the_time_left_of_a_follow_up_stands_beside_it(
    company: Cast, asked: Case, still: Clock
) -> None:
    leads_to = send(company.frank, f"/assignments/{one(asked, company)}/follow-up/")
    assert leads_to == tab(asked)
    still.move(hours=17)
    shown = page(company.frank, tab(asked))
    assert "1 d 7 h left to answer" in shown
    assert "/follow-up/" not in shown
    FollowUp.objects.update(escalated_at=still.at)
    assert "not answered, escalated" in page(company.frank, tab(asked))


def test_the_answer_of_a_follow_up_stays_with_it(company: Cast, asked: Case, still: Clock) -> None:
    follow_up_assignment(one(asked, company), by=actor(company.frank))
    still.move(hours=1)
    send(company.dora, f"{asked.get_absolute_url()}posts/", body="The rep did.")
    shown = page(company.frank, tab(asked))
    assert "Dora Tester answered" in shown
    assert "/follow-up/" in shown


def test_a_second_follow_up_is_refused_and_a_second_press_is_none(
    company: Cast, asked: Case
) -> None:
    address = f"/assignments/{one(asked, company)}/follow-up/"
    client, token = browser(company.frank), "0b7b6a52-8f9e-4f55-9f0e-6d1a3a1f2b10"
    assert [client.post(address, {"once": token}).status_code for _ in range(2)] == [303, 303]
    assert FollowUp.objects.count() == 1
    assert "has been asked after" in send(company.frank, address, 409)


@pytest.mark.parametrize(("who", "status"), [("fiona", 403), ("dora", 403), ("oscar", 403)])
def test_whoever_may_not_follow_up_is_refused(
    company: Cast, asked: Case, who: str, status: int
) -> None:
    send(getattr(company, who), f"/assignments/{one(asked, company)}/follow-up/", status)
    assert not FollowUp.objects.exists()


def test_overdue_is_marked(company: Cast, asked: Case, still: Clock) -> None:
    still.move(hours=47)
    assert "Overdue" not in page(company.frank, tab(asked))
    still.move(hours=1)
    shown = page(company.frank, tab(asked))
    assert "Overdue" in shown
    assert "Nobody of Sales has acted on it for" in shown


def test_an_unknown_assignment_or_one_not_to_be_seen_is_not_there(
    company: Cast, asked: Case
) -> None:
    number = str(cast.assignment(company, cast.case(company)))
    for address in (f"/assignments/{number}/withdrawal/new/", "/assignments/CA-99999/follow-up/"):
        send(company.oscar, address, 404)


def test_the_status_line_counts_two_of_one_department(company: Cast, asked: Case) -> None:
    cast.assignment(company, asked, created_at=asked.created_at + timedelta(hours=1))
    assert "2 of 3 assignments open: Sales (2)." in page(company.frank, asked.get_absolute_url())
