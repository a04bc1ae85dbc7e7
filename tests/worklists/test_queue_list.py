"""The list of a queue: its rows, its orders, its pages, and who sees it (Q3, K6)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case, CaseSource, Priority, Status
from heliodesk.list_views.orders.queue_order import COLUMNS
from heliodesk.list_views.rules.layout import keep_columns
from heliodesk.worklists.queries import cursors
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.worklists.pages import numbers, page, signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/queues/homeowner/"


def waiting(company: Cast, count: int, still: Clock) -> list[Case]:
    """Cases in the homeowner queue, the oldest first."""
    return [
        cast.case(
            company,
            owner_queue=company.homeowner_queue,
            customer_name=f"Customer {place % 7}",
            created_at=still.at - timedelta(hours=count - place),
        )
        for place in range(count)
    ]


def test_a_member_sees_the_open_cases_of_the_queue_only(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    cast.case(company)
    cast.case(company, owner_queue=company.homeowner_queue, status=Status.CLOSED)
    cast.installer_case(company, owner_queue=company.installer_queue)

    html = page(company.bea, QUEUE)

    assert numbers(html) == [case.display_number]
    for words in ("Billing and payments", "Autopay", "Maria Delgado", "12 Fir Lane", "C-1001",
                  "Phone", "<span data-waiting>1</span> open case"):  # fmt: skip
        assert words in html


def test_an_installer_s_queue_shows_who_asks_and_the_job(company: Cast) -> None:
    cast.installer_case(company, owner_queue=company.installer_queue, job_id="J-4711")
    html = page(company.ines, "/queues/installer/")
    for words in ("J-4711", company.org_contact.name, "Sort by Contact", "Sort by Job ID"):
        assert words in html, words
    for absent in ("Sort by Property address", "Sort by Contract"):
        assert absent not in html, absent


def test_four_statements_read_it(
    company: Cast, still: Clock, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    waiting(company, 60, still)
    client = signed_in(company.bea)
    client.get(QUEUE)  # names of set-up data are kept from here on
    with django_assert_max_num_queries(4):
        client.get(QUEUE)


def test_the_order_of_work_comes_first(company: Cast, still: Clock) -> None:
    old, young = waiting(company, 2, still)
    high = cast.case(
        company, owner_queue=company.homeowner_queue, priority=Priority.HIGH, created_at=still.at
    )
    shown = numbers(page(company.bea, QUEUE))
    assert shown == [case.display_number for case in (high, old, young)]


def test_each_column_sorts_both_ways(company: Cast, still: Clock) -> None:
    waiting(company, 3, still)
    cast.installer_case(
        company,
        owner_queue=company.homeowner_queue,
        priority=Priority.HIGH,
        request_type=company.performance,
        request_subtype=company.low_production,
        source=company.email,
        status=Status.AWAITING_CUSTOMER,
        created_by=company.fiona,
        created_at=still.at - timedelta(days=9),
    )
    browser = signed_in(company.bea)
    for column in COLUMNS:
        up, down = (
            numbers(browser.get(f"{QUEUE}?sort={way}{column}").content.decode())
            for way in ("", "-")
        )
        assert len(set(up)) == 4, column
        assert up == down[::-1], column


def test_pages_go_on_and_back_without_a_gap(company: Cast, still: Clock) -> None:
    waiting(company, 120, still)
    browser = signed_in(company.bea)
    for sort in ("priority", "-customer", "contract", "-number", "-status"):
        pages, url = [], f"{QUEUE}?sort={sort}"
        while url:
            answer = browser.get(url)
            pages.append(numbers(answer.content.decode()))
            url = answer.beside("older")

        assert [len(each) for each in pages] == [50, 50, 20]
        assert len({number for each in pages for number in each}) == 120
        back = browser.get(answer.beside("newer"))
        assert numbers(back.content.decode()) == pages[1]


CHANGED = [
    *("%00", "bm90IGpzb24", "W10", "🌞", "W1tbW1tbW1tb" * 900),
    cursors.write([1]),
    cursors.write(["1", "2", "3"]),
    cursors.write([1, "2026-01-01T00:00:00", 3]),
    cursors.write([2**70, "2026-01-01T00:00:00+00:00", 3]),
]


@pytest.mark.parametrize("way", ["after", "before"])
def test_a_changed_cursor_gets_words_and_the_beginning(company: Cast, way: str) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    browser = signed_in(company.bea)
    for cursor in CHANGED:
        answer = browser.get(QUEUE, {way: cursor})
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "does not lead to a page of the list" in html
        assert numbers(html) == [case.display_number]


def test_an_unknown_order_is_the_order_of_work(company: Cast) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    assert numbers(page(company.bea, f"{QUEUE}?sort=drop%20table"))


def test_the_head_says_how_many_and_since_when(company: Cast, still: Clock) -> None:
    waiting(company, 3, still)
    html = page(company.bea, QUEUE)
    assert "<span data-waiting>3</span> open cases" in html
    assert "3 h 0 min" in html


def test_an_empty_queue_says_so(company: Cast) -> None:
    assert "Nothing waits in this queue" in page(company.bea, QUEUE)


@pytest.mark.parametrize("who", ["frank", "ines", "sue"])
def test_who_may_not_take_sees_why(company: Cast, who: str) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    html = page(getattr(company, who), QUEUE)
    assert numbers(html) == [case.display_number]
    assert "Only members of this queue take its cases" in html
    assert 'name="only"' not in html


@pytest.mark.parametrize("who", ["dora", "oscar"])
@pytest.mark.parametrize("url", [QUEUE, "/queues/", "/queues/nothing/"])
def test_there_is_no_queue_for_a_department_member(company: Cast, who: str, url: str) -> None:
    answer = signed_in(getattr(company, who)).get(url)
    assert answer.status_code == 404


def test_an_unknown_queue_is_not_found(company: Cast) -> None:
    assert signed_in(company.bea).get("/queues/nothing/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(company: Cast) -> None:
    answer = Client().get(QUEUE)
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [QUEUE]


def test_text_of_customers_is_escaped(company: Cast) -> None:
    cast.case(
        company, owner_queue=company.homeowner_queue, customer_name="<script>alert(1)</script>"
    )
    html = page(company.bea, QUEUE)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_changed_name_shows_at_once_where_it_is_new(company: Cast) -> None:
    page(company.bea, QUEUE)
    letter = CaseSource.objects.create(name="Carrier pigeon")
    cast.case(company, owner_queue=company.homeowner_queue, source=letter)
    assert "Carrier pigeon" in page(company.bea, QUEUE)


def test_a_filter_goes_on_top_of_the_queue(company: Cast) -> None:
    high = cast.case(company, owner_queue=company.homeowner_queue, priority=Priority.HIGH)
    cast.case(company, owner_queue=company.homeowner_queue)
    cast.case(company, priority=Priority.HIGH)
    html = page(company.bea, f"{QUEUE}?all=priority:is:high")
    assert numbers(html) == [high.display_number]
    assert "1 of <span data-waiting>2</span> open cases" in html
    assert f'href="{QUEUE}" aria-label="Remove “Priority is High”"' in html
    assert 'name="filter" value="all=owner_queue:is:homeowner&amp;all=open:is:yes' in html


def test_a_filter_that_lets_nothing_through_offers_the_way_back(company: Cast) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    html = page(company.bea, f"{QUEUE}?all=priority:is:high")
    assert numbers(html) == []
    assert "No case of this queue is like that" in html
    assert f'href="{QUEUE}">Clear the filter' in html


def test_a_senseless_condition_is_named_and_the_rest_kept(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    html = page(company.bea, f"{QUEUE}?all=priority:is:normal&all=weather:is:fine")
    assert numbers(html) == [case.display_number]
    assert "The field “weather” is gone" in html


def test_columns_are_chosen_for_each_queue(company: Cast) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    cast.case(company, owner_queue=company.installer_queue)
    keep_columns("queue/homeowner", ["number", "created_by"], by=actor(company.bea))
    assert "Frank Tester" not in page(company.bea, "/queues/installer/")
    html = page(company.bea, QUEUE)
    assert "Frank Tester" in html
    assert "Billing and payments" not in html
    assert "data-live-filter" in html
    assert "data-live-filter" not in page(company.frank, QUEUE)


def test_a_saved_view_of_cases_is_not_taken_for_a_queue(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    assert numbers(page(company.bea, f"{QUEUE}?view=999")) == [case.display_number]
