"""Taking on the screen: one, several with a result for each, and the next (Q4, K3)."""

from __future__ import annotations

from uuid import uuid4

import pytest

from heliodesk.cases.models import Status
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cast import Cast
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/queues/homeowner/"


def test_take_from_the_case_leads_back_to_it(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    answer = signed_in(company.bea).post(f"{case.get_absolute_url()}taking/")
    assert (answer.status_code, answer["Location"]) == (303, case.get_absolute_url())
    case.refresh_from_db()
    assert case.owner_agent == company.bea


def test_the_second_gets_a_page_that_names_the_owner(company: Cast) -> None:
    case = cast.case(company, owner_agent=company.bob)
    answer = signed_in(company.bea).post(f"{case.get_absolute_url()}taking/")
    assert answer.status_code == 409
    assert "Bob Tester has this case" in answer.content.decode()


def test_a_department_member_is_told_that_there_is_no_such_case(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    assert signed_in(company.dora).post(f"{case.get_absolute_url()}taking/").status_code == 404


def test_next_leads_to_the_case_and_a_form_sent_twice_takes_one(company: Cast) -> None:
    first, second = (cast.case(company, owner_queue=company.homeowner_queue) for _ in range(2))
    browser, token = signed_in(company.bea), str(uuid4())
    for _ in range(2):
        answer = browser.post(f"{QUEUE}next/", {"once": token})
        assert (answer.status_code, answer["Location"]) == (303, first.get_absolute_url())
    second.refresh_from_db()
    assert second.owner_queue == company.homeowner_queue


def test_next_of_an_empty_queue_shows_why_above_the_list(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue, status=Status.AWAITING_CUSTOMER)
    answer = signed_in(company.bea).post(f"{QUEUE}next/", {"once": str(uuid4())})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "awaits the customer&#39;s response" in html
    assert case.display_number in html


def test_next_is_refused_for_others(company: Cast) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    answer = signed_in(company.ines).post(f"{QUEUE}next/", {"once": str(uuid4())})
    assert "Only members of the queue" in answer.content.decode()
    assert not FeedItem.objects.exists()


@pytest.mark.parametrize("url", [f"{QUEUE}next/"])
def test_a_department_member_finds_no_queue_to_take_from(company: Cast, url: str) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    answer = signed_in(company.dora).post(url, {"only": case.display_number})
    assert answer.status_code == 404
    case.refresh_from_db()
    assert case.owner_queue == company.homeowner_queue
