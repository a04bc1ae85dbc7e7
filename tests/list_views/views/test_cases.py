"""The list of cases: what it shows, to whom, and in how many statements (V3, K6)."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case, Priority, Status
from heliodesk.list_views.queries import stages
from heliodesk.list_views.rules.layout import keep_columns, keep_widths
from heliodesk.list_views.rules.saving import save_list_view
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.worklists.pages import numbers, page, signed_in

pytestmark = pytest.mark.django_db
CASES = "/cases/"


def some(company: Cast, still: Clock, count: int) -> list[Case]:
    """Cases of Frank's, the newest first."""
    return [
        cast.case(company, created_at=still.at - timedelta(hours=place)) for place in range(count)
    ]


def test_it_lists_all_cases_the_newest_first(company: Cast, still: Clock) -> None:
    cases = some(company, still, 3)
    assert numbers(page(company.frank, CASES)) == [case.display_number for case in cases]


def test_conditions_stand_over_the_table_as_chips(company: Cast, still: Clock) -> None:
    some(company, still, 2)
    high = cast.case(company, priority=Priority.HIGH, owner_queue=company.homeowner_queue)
    shown = page(
        company.frank,
        f"{CASES}?all=status:is:new,closed&any=priority:is:high&any=owner_agent:is:me"
        "&none=created_at:older:9d&sort=number",
    )
    text = html.unescape(shown)
    assert len(numbers(shown)) == 3
    assert high.display_number in numbers(shown)
    for words in ("Status is New, Closed", "any of", "Owner (agent) is Me", "none of",
                  "Created more than 9 days ago"):  # fmt: skip
        assert words in text


def test_a_chip_leads_to_the_list_without_it(company: Cast) -> None:
    shown = html.unescape(page(company.frank, f"{CASES}?all=priority:is:high&all=open:is:yes"))
    assert f'href="{CASES}?all=open:is:yes" aria-label="Remove “Priority is High”"' in shown


def test_senseless_conditions_are_named_and_the_rest_kept(company: Cast) -> None:
    high = cast.case(company, priority=Priority.HIGH)
    cast.case(company)
    shown = page(
        company.frank, f"{CASES}?all=priority:is:high&all=weather:is:fine&columns=x,number&sort=-y"
    )
    assert numbers(shown) == [high.display_number]
    assert "The field “weather” is gone" in shown
    assert "The column “x” is gone" in shown
    assert "Nothing sorts by “y” here" in shown


def test_nothing_found_offers_to_clear_the_filter(company: Cast) -> None:
    shown = page(company.frank, f"{CASES}?all=priority:is:high")
    assert "No case is like that" in shown
    assert f'href="{CASES}">Clear the filter' in shown
    # Where nothing is asked for, there is no condition to take away.
    empty = page(company.frank, CASES)
    assert "No cases yet" in empty
    assert "Take a condition away" not in empty


def test_columns_come_from_the_address_or_else_from_the_person(company: Cast) -> None:
    cast.case(company)
    keep_columns("cases", ["number", "source"], by=actor(company.frank))
    own = page(company.frank, CASES)
    assert 'data-label="Source">Phone' in own
    assert 'data-label="Customer"' not in own
    sent = page(company.frank, f"{CASES}?columns=number,customer")
    assert 'data-label="Source"' not in sent
    assert "Maria Delgado" in sent


def test_columns_are_as_wide_as_one_made_them(company: Cast) -> None:
    cast.case(company)
    keep_widths("cases", {"customer": 333}, by=actor(company.frank))
    assert 'width="333" data-column="customer"' in page(company.frank, CASES)
    assert 'width="333"' not in page(company.bea, CASES)


def test_an_open_case_grows_older_and_a_closed_one_does_not(company: Cast, still: Clock) -> None:
    cast.case(company, created_at=still.at - timedelta(days=3, hours=4))
    cast.case(
        company,
        status=Status.CLOSED,
        created_at=still.at - timedelta(days=9),
        closed_at=still.at - timedelta(days=8),
    )
    still.at += timedelta(hours=1)
    shown = page(company.frank, f"{CASES}?columns=number,age")
    assert "3 d 5 h</time>" in shown
    assert 'data-label="Age">1 d 0 h</td>' in shown


def test_pages_go_on_and_back(company: Cast, still: Clock) -> None:
    some(company, still, 70)
    browser = signed_in(company.frank)
    first = browser.get(f"{CASES}?all=open:is:yes")
    second = browser.get(first.beside("older"))
    assert len(numbers(second.content.decode())) == 20
    back = browser.get(second.beside("newer"))
    assert numbers(back.content.decode()) == numbers(first.content.decode())


def test_a_changed_cursor_gets_words_and_the_beginning(company: Cast) -> None:
    case = cast.case(company)
    answer = signed_in(company.frank).get(CASES, {"after": "🌞"})
    assert answer.status_code == 422
    assert numbers(answer.content.decode()) == [case.display_number]


def test_too_many_to_sort_by_a_column_are_shown_the_newest_first(
    company: Cast, still: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = some(company, still, 60)
    sorting = f"{CASES}?all=open:is:yes&sort=property_address"
    assert 'aria-sort="ascending"' in page(company.frank, f"{sorting}&columns=property_address")
    monkeypatch.setattr(stages, "GATHERED", 50)
    answer = signed_in(company.frank).get(sorting)
    text = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "too many to sort by “Property address”" in text
    assert numbers(text) == [case.display_number for case in cases[:50]]
    assert f'href="{CASES}?all=open:is:yes&after=' in text


def test_a_department_member_sees_their_cases_and_takes_none(company: Cast) -> None:
    cast.case(company)
    shown = page(company.dora, CASES)
    assert numbers(shown) == []
    assert "data-select" not in shown
    assert "/cases/export/" not in shown


def test_text_of_customers_is_escaped(company: Cast) -> None:
    cast.case(company, customer_name="<script>alert(1)</script> and more of it")
    shown = page(company.frank, CASES)
    assert "<script>alert" not in shown


def test_at_most_eight_statements_read_it(
    company: Cast, still: Clock, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    some(company, still, 60)
    view = save_list_view(
        name="Open ones", query="all=open:is:yes&any=priority:is:high&any=owner_agent:is:me",
        by=actor(company.frank),
    )  # fmt: skip
    browser = signed_in(company.frank)
    browser.get(CASES)  # names of set-up data are kept from here on
    for address in (CASES, f"{CASES}?view={view.pk}", f"{CASES}?all=account:is:1&sort=customer"):
        with django_assert_max_num_queries(8):
            assert browser.get(address).status_code == 200, address
