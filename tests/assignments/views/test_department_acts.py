"""Accepting, taking over, releasing by one click; completing, rejecting, returning by a dialog;
from the list and back to it (A4, K3, K5)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Status
from heliodesk.core import clock
from heliodesk.feed.models import FeedItem
from heliodesk.people.models import DepartmentMembership
from tests import cast
from tests.cast import Cast
from tests.screens import browser, page, send, words

pytestmark = pytest.mark.django_db
BACK = "/departments/sales/?show=open&sort=created"


@pytest.fixture
def asked(company: Cast) -> CaseAssignment:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    return cast.assignment(company, case)


@pytest.fixture
def accepted(company: Cast, asked: CaseAssignment) -> CaseAssignment:
    CaseAssignment.objects.filter(pk=asked.pk).update(
        status="accepted", assignee=company.dora, accepted_at=clock.now()
    )
    return asked


def address(one: CaseAssignment, act: str) -> str:
    return f"/assignments/{one}/{act}"


def test_accept_takes_over_and_release_lead_back_to_the_list(
    company: Cast, asked: CaseAssignment
) -> None:
    DepartmentMembership.objects.create(department=company.sales, user=company.fiona)
    steps = [
        (company.dora, "acceptance/", ("accepted", company.dora)),
        (company.fiona, "takeover/", ("accepted", company.fiona)),
        (company.dora, "release/", ("open", None)),
    ]
    for who, act, then in steps:
        assert send(who, address(asked, act), back=BACK) == BACK
        asked.refresh_from_db()
        assert (asked.status, asked.assignee) == then


def test_accept_sent_twice_accepts_once_and_harms_nobody(
    company: Cast, asked: CaseAssignment
) -> None:
    client, once = browser(company.dora), str(uuid4())
    for _ in range(2):
        answer = client.post(address(asked, "acceptance/"), {"back": BACK, "once": once})
        assert (answer.status_code, answer["Location"]) == (303, BACK)
    assert FeedItem.objects.filter(kind="assignment_accepted").count() == 1


def test_the_second_is_told_who_has_it(company: Cast, accepted: CaseAssignment) -> None:
    DepartmentMembership.objects.create(department=company.sales, user=company.fiona)
    said = send(company.fiona, address(accepted, "acceptance/"), 409)
    assert f"Dora Tester has accepted {accepted}" in said
    assert "/guide/#A4" in said


@pytest.mark.parametrize("act", ["acceptance/", "takeover/", "release/"])
def test_nobody_else_works_it(company: Cast, asked: CaseAssignment, act: str) -> None:
    said = send(company.sue, address(asked, act), 403)
    assert "Only members of Sales" in said


@pytest.mark.parametrize(
    ("act", "field", "status"),
    [
        ("completion/new/", "resolution", "completed"),
        ("rejection/new/", "reason", "rejected"),
        ("return/new/", "reason", "returned"),
    ],
)
def test_each_way_to_end_it(
    company: Cast, accepted: CaseAssignment, act: str, field: str, status: str
) -> None:
    shown = page(company.dora, f"{address(accepted, act)}?back=%2Fdepartments%2Fsales%2F")
    assert 'name="back" value="/departments/sales/"' in shown
    refused = send(company.dora, address(accepted, act), 422, back=BACK, **{field: "  "})
    assert "/guide/#A4" in refused
    assert "show=open&amp;sort=created" in refused
    leads = send(company.dora, address(accepted, act), back=BACK, **{field: "Well, **no**."})
    assert leads == BACK
    accepted.refresh_from_db()
    assert (accepted.status, accepted.outcome) == (status, "Well, **no**.")
    accepted.case.refresh_from_db()
    assert accepted.case.status == Status.AWAITING_SUPPORT
    again = browser(company.dora).get(address(accepted, act))
    assert again.status_code == 409
    assert "already" in words(again)


def test_what_was_typed_and_not_sent_is_there_again(
    company: Cast, accepted: CaseAssignment
) -> None:
    draft = {"key": f"assignment/{accepted.pk}/complete", "data": '{"resolution": "Half a word"}'}
    browser(company.dora).post("/drafts/", draft)
    assert "Half a word" in page(company.dora, address(accepted, "completion/new/"))


def test_only_the_assignee_completes(company: Cast, asked: CaseAssignment) -> None:
    assert "accept it first" in page(company.dora, address(asked, "completion/new/"), 409)
    send(company.dora, address(asked, "completion/new/"), 409, resolution="Done")
    asked.refresh_from_db()
    assert asked.status == "open"


@pytest.mark.parametrize("act", ["completion/new/", "rejection/new/", "return/new/"])
def test_the_form_is_for_members_only(
    company: Cast,
    accepted: CaseAssignment,
    act: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    assert "Only members of Sales" in page(company.frank, address(accepted, act), 403)
    client = browser(company.dora)
    client.get(address(accepted, act))
    with django_assert_max_num_queries(8):
        assert client.get(address(accepted, act)).status_code == 200
