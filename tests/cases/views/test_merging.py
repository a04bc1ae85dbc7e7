"""Merging on the screen: choose, see what moves, confirm, undo (X7)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from heliodesk.cases.models import Case, Merge
from heliodesk.cases.rules.closing import close
from heliodesk.feed.rules.posts import post
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def two(company: Cast) -> tuple[Case, Case]:
    return cast.case(company), cast.case(company, owner_agent=company.bea)


def test_the_other_open_cases_of_the_customer_are_offered(
    company: Cast, two: tuple[Case, Case]
) -> None:
    closed = cast.case(company)
    close(closed, reason=company.resolved, by=actor(company.frank))
    html = page(company.frank, f"{two[0].get_absolute_url()}merge/new/")
    assert two[1].display_number in html
    assert closed.display_number not in html
    shown = page(company.frank, two[0].get_absolute_url())
    assert "?tab=related" in shown
    assert 'data-key="m">Merge with another case' in shown


def test_what_will_move_is_shown_before_it_does(company: Cast, two: tuple[Case, Case]) -> None:
    gone, stays = two
    post(gone, body="The bank called.", by=actor(company.frank))
    address = f"{gone.get_absolute_url()}merge/new/"
    shown = page(company.frank, f"{address}?other={stays.pk}&survivor=other")
    assert "1 entry of the feed" in shown
    assert not Merge.objects.exists()
    send(company.frank, address, other=stays.pk, survivor="other")
    assert Merge.objects.get().into == stays
    after = page(company.frank, gone.get_absolute_url())
    assert f"/cases/{stays.display_number}/" in after
    assert "Undo merge" in after
    send(company.frank, f"{gone.get_absolute_url()}merge/undoing/")
    assert Merge.objects.get().undone_by == company.frank


def test_this_one_may_survive_too(company: Cast, two: tuple[Case, Case]) -> None:
    address = f"{two[0].get_absolute_url()}merge/new/"
    send(company.frank, address, other=two[1].pk, survivor="this")
    assert Merge.objects.get().into == two[0]


def test_a_case_of_somebody_else_is_refused(company: Cast, two: tuple[Case, Case]) -> None:
    other = cast.installer_case(company)
    address = f"{two[0].get_absolute_url()}merge/new/"
    send(company.frank, address, 422, other=other.pk, survivor="other")
    refused = send(company.fiona, address, 403, other=two[1].pk, survivor="other")
    assert "K7" in refused
    shown = page(company.fiona, f"{address}?other={two[1].pk}&survivor=other", 403)
    assert "K7" in shown
    assert not Merge.objects.exists()


def test_an_outsider_finds_no_such_case(company: Cast, two: tuple[Case, Case]) -> None:
    for address in ("merge/new/", "merge/undoing/"):
        asked = browser(company.dora).get(two[0].get_absolute_url() + address)
        assert asked.status_code == 404


def test_the_choice_takes_few_statements(
    company: Cast, two: tuple[Case, Case], django_assert_max_num_queries: Statements
) -> None:
    client = browser(company.frank)
    client.get(two[0].get_absolute_url())
    with django_assert_max_num_queries(8):
        client.get(f"{two[0].get_absolute_url()}merge/new/")
