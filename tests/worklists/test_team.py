"""A supervisor's desk: how the team stands, and what is late (V1, V2, L7, F4, W1)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Priority, Status
from heliodesk.worklists.queries import team
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.worklists.pages import numbers, page, signed_in

pytestmark = pytest.mark.django_db


def told(html: str) -> dict[str, str]:
    """What the tiles of the team say, by their labels."""
    part = html[html.index('aria-label="The team"') :]
    found = re.findall(r'tile__number">([^<]+)</span><span class="tile__label">([^<]+)<', part)
    return {label: number for number, label in found}


def test_v1_a_supervisor_sees_first_what_waits_and_what_is_late(
    company: Cast, still: Clock
) -> None:
    old = still.at - timedelta(days=3)
    queue = {"owner_agent": None, "owner_queue": company.homeowner_queue}
    cast.case(company, **queue, priority=Priority.HIGH, created_at=old)
    cast.case(company, **queue)
    cast.case(company, owner_agent=company.fiona, created_at=old)
    cast.case(company, owner_agent=company.fiona)
    promised = still.at - timedelta(days=1, hours=1)
    cast.case(company, follow_up_at=promised, follow_up_for="Call back")
    asked = cast.case(company, created_at=old, status=Status.INTERNAL_REFERRAL)
    cast.assignment(company, asked)
    cast.case(company, owner_agent=company.bea, status=Status.CLOSED, created_at=old)

    html = page(company.sue, "/")

    assert told(html) == {
        "Waiting in queues": "2",
        "High priority, in a queue": "1",
        "Due for review, with people": "2",
        "Follow-up dates passed": "1",
        "Overdue with departments": "1",
    }
    assert re.search(r"The oldest waits\W+(<[^>]+>)?3 d", html)
    assert "1 of high priority" in html
    assert "You have no open case" not in html
    people = html[html.index("Who has most to review") :]
    assert people.index("Fiona Tester") < people.index("2 open")
    assert f'href="/people/{company.fiona.pk}/?only=due"' in people
    assert "Bea Tester" not in people[: people.index("All people")]


def test_v1_each_count_leads_to_the_very_cases(company: Cast, still: Clock) -> None:
    old = still.at - timedelta(days=3)
    high = cast.case(
        company,
        owner_agent=None,
        owner_queue=company.homeowner_queue,
        priority=Priority.HIGH,
        created_at=still.at,
    )
    due = cast.case(company, created_at=old)
    promised = cast.case(
        company, follow_up_at=still.at - timedelta(days=2), follow_up_for="Call back"
    )
    html = page(company.sue, "/").replace("&amp;", "&")
    for label, case in (
        ("High priority, in a queue", high),
        ("Due for review, with people", due),
        ("Follow-up dates passed", promised),
    ):
        url = re.findall(rf'href="([^"]+)"><span class="tile__number">1</span>[^/]+>{label}<', html)
        assert numbers(page(company.sue, url[0])) == [case.display_number], label


def test_v1_a_supervisor_with_cases_sees_their_own_first(company: Cast) -> None:
    case = cast.case(company, owner_agent=company.sue)
    html = page(company.sue, "/")
    assert numbers(html) == [case.display_number]
    assert html.index("Do next") < html.index("The team") < html.index("My open cases")


def test_v1_the_team_is_for_supervisors(company: Cast) -> None:
    assert "The team" in page(company.ada, "/")
    for person in (company.frank, company.bea, company.dora):
        assert "The team" not in page(person, "/")


def test_v1_a_count_that_stops_says_so(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.case(company)
    monkeypatch.setattr("heliodesk.worklists.views.team.BOUND", 1)
    monkeypatch.setattr(team, "BOUND", 1)
    cast.case(company, owner_agent=None, owner_queue=company.homeowner_queue)
    assert told(page(company.sue, "/"))["Waiting in queues"] == "1+"


def test_v1_at_most_eight_statements(
    company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for person in (company.sue, company.fiona, company.frank):
        cast.case(company, owner_agent=person)
    browser = signed_in(company.sue)
    browser.get("/")  # names of set-up data are kept from here on
    with django_assert_max_num_queries(8):
        browser.get("/")
