"""The case beside the list (V3)."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.rules.review import log_review
from heliodesk.feed.rules.posts import post
from tests import cast
from tests.cast import Cast, actor
from tests.worklists.pages import page, signed_in

pytestmark = pytest.mark.django_db


def test_it_says_what_one_wants_to_know_first(company: Cast) -> None:
    case = cast.case(company, owner_agent=company.bea, description="The bill is twice as high.")
    post(case, body="She called **again**.", by=actor(company.frank))
    log_review(case, comments="Waits for the bank", by=actor(company.bea))
    shown = page(company.bea, f"{case.get_absolute_url()}preview/")
    for words in ("The bill is twice as high.", "Waits for the bank", "She called <strong>again",
                  "Maria Delgado", "Log Review", "Open case"):  # fmt: skip
        assert words in shown


def test_few_statements_read_it(
    company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = cast.case(company)
    browser = signed_in(company.bea)
    browser.get("/guide/")
    with django_assert_max_num_queries(7):
        browser.get(f"{case.get_absolute_url()}preview/")


def test_it_is_not_found_by_an_outsider(company: Cast) -> None:
    case = cast.case(company)
    answer = signed_in(company.dora).get(f"{case.get_absolute_url()}preview/")
    assert answer.status_code == 404


def test_its_room_is_kept_while_one_wants_it(company: Cast) -> None:
    cast.case(company)
    browser = signed_in(company.frank)
    assert "list__split--on" not in browser.get("/cases/").content.decode()
    browser.cookies["preview"] = "on"
    assert "list__split--on" in browser.get("/cases/").content.decode()
