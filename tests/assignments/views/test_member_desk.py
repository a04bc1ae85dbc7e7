"""My desk for somebody of a department: theirs, what nobody has, what comes next and why (V1)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.assignments.models import CaseAssignment, FollowUp
from heliodesk.cases.models import Priority
from heliodesk.people.models import DepartmentMembership
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.worklists.pages import page, signed_in

pytestmark = pytest.mark.django_db


def asked(company: Cast, still: Clock, hours: int, **fields: object) -> CaseAssignment:
    """What Sales was asked so many hours ago, on a case of its own."""
    customer = fields.pop("customer", "Maria Delgado")
    priority = fields.pop("priority", Priority.NORMAL)
    at = still.at - timedelta(hours=hours)
    case = cast.case(company, created_at=at, customer_name=customer, priority=priority)
    return cast.assignment(company, case, **fields)


def accepted(company: Cast, still: Clock, hours: int, **fields: object) -> CaseAssignment:
    """The same, which Dora has accepted, unless `fields` say who."""
    fields = {"assignee": company.dora} | fields
    return asked(company, still, hours, status="accepted", accepted_at=still.at, **fields)


def tiles(html: str) -> dict[str, str]:
    """The counts on top by their label."""
    found = re.findall(r'tile__number">([^<]*)</span><span class="tile__label">([^<]*)<', html)
    return {label: count for count, label in found}


def steps(html: str) -> str:
    """What stands under Do next."""
    return html[html.index('id="next"') : html.index("Unread notices")].split("<h2 id=")[0]


def test_the_tiles_count_what_there_is_to_do(company: Cast, still: Clock) -> None:
    accepted(company, still, 3)
    accepted(company, still, 60, assignee=company.sue)
    late = asked(company, still, 50)
    asked(company, still, 1)
    asked_after(late, company, still)
    assert tiles(page(company.dora, "/")) == {
        "Accepted by me": "1",
        "Nobody has accepted": "2",
        "Overdue": "2",
        "Waiting for an answer": "1",
    }


def asked_after(one: CaseAssignment, company: Cast, still: Clock) -> FollowUp:
    return FollowUp.objects.create(
        assignment=one,
        asked_at=still.at,
        asked_by=company.frank,
        escalates_at=still.at + timedelta(hours=48),
    )


def test_what_to_do_next_comes_with_its_reason_the_strongest_first(
    company: Cast, still: Clock
) -> None:
    asked(company, still, 1, customer="Oda Open")
    asked(company, still, 2, customer="Hal High", priority=Priority.HIGH)
    accepted(company, still, 3, customer="Mia Mine")
    asked(company, still, 60, customer="Lou Late")
    waiting = accepted(company, still, 5, customer="Ann Answer")
    asked_after(waiting, company, still)
    silent = accepted(company, still, 6, customer="Sy Silent")
    FollowUp.objects.filter(pk=asked_after(silent, company, still).pk).update(escalated_at=still.at)
    html = steps(page(company.dora, "/"))
    names = ("Sy Silent", "Ann Answer", "Lou Late", "Mia Mine", "Hal High", "Oda Open")
    places = [html.index(name) for name in names]
    assert places == sorted(places)
    for why in (
        "Asked after and escalated",
        "Support asks after it: 2 d 0 h left to answer",
        "Overdue: nobody has acted on it for 2 d 12 h",
        "You accepted it; last act 3 h 0 min ago",
        "High priority · Nobody has accepted it for 2 h 0 min",
        "Nobody has accepted it for 1 h 0 min",
    ):
        assert why in html
    assert html.count("Nobody has accepted it") == 2  # of what is overdue too much would be said


def test_what_others_have_is_theirs_but_for_what_is_asked_after(
    company: Cast, still: Clock
) -> None:
    accepted(company, still, 60, assignee=company.sue, customer="Not Mine")
    waiting = accepted(company, still, 3, assignee=company.sue, customer="Any Answer")
    asked_after(waiting, company, still)
    html = page(company.dora, "/")
    assert "Not Mine" not in html
    assert "Sue Tester has it" in steps(html)
    assert "Any Answer" in steps(html)


def test_one_acts_from_the_desk_and_stays_there(company: Cast, still: Clock) -> None:
    one = asked(company, still, 3)
    html = page(company.dora, "/")
    assert f'formaction="/assignments/{one}/acceptance/"' in html
    answer = signed_in(company.dora).post(f"/assignments/{one}/acceptance/", {"back": "/"})
    assert (answer.status_code, answer["Location"]) == (303, "/")
    one.refresh_from_db()
    assert one.assignee == company.dora


def test_five_statements_read_it(
    company: Cast, still: Clock, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for hours in range(20):
        asked(company, still, hours)
    browser = signed_in(company.dora)
    browser.get("/")  # names of set-up data are kept from here on
    with django_assert_max_num_queries(5):
        browser.get("/")


def test_nobody_sees_what_another_department_is_asked(company: Cast, still: Clock) -> None:
    asked(company, still, 3, customer="Sal Sales")
    html = page(company.oscar, "/")
    assert "Sal Sales" not in html
    assert "Nothing is asked of your department" in html


def test_somebody_of_no_department_has_an_empty_desk(company: Cast) -> None:
    DepartmentMembership.objects.filter(user=company.oscar).delete()
    html = page(company.oscar, "/")
    assert "Nothing is asked of your department" in html
    assert "/departments/" not in html


def test_what_to_do_next_is_done_on_the_desk(company: Cast, still: Clock) -> None:
    mine, free = accepted(company, still, 3), asked(company, still, 50)
    html = page(company.dora, "/")
    offered = steps(html)
    assert f'form="act" formaction="/assignments/{free}/acceptance/"' in offered
    assert f'href="/assignments/{mine}/completion/new/?back=%2F"' in offered
    assert '<form id="act" action="/" method="post">' in html
    sent = {"back": "/"}
    answer = signed_in(company.dora).post(f"/assignments/{free}/acceptance/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert f'href="/assignments/{free}/completion/new/?back=%2F"' in steps(page(company.dora, "/"))


def test_what_another_has_is_taken_over_where_support_asks_after_it(
    company: Cast, still: Clock
) -> None:
    theirs = accepted(company, still, 3, assignee=company.sue)
    asked_after(theirs, company, still)
    assert f'formaction="/assignments/{theirs}/takeover/"' in steps(page(company.dora, "/"))
