"""A case on paper, with its whole feed (W4)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from heliodesk.cases.models import Case
from heliodesk.feed.rules.posts import delete_post, post
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser, page

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def case(company: Cast) -> Case:
    return cast.case(company)


def test_it_has_the_case_and_all_of_its_feed_oldest_first(company: Cast, case: Case) -> None:
    frank = actor(company.frank)
    first = post(case, body="The bank called.", by=frank)
    post(case, body="They will refund it.", parent=first, by=frank)
    for number in range(40):
        post(case, body=f"Note {number}.", by=frank)
    html = page(company.frank, f"{case.get_absolute_url()}print/")
    places = [
        html.index(text) for text in ("The bank called.", "will refund", "Note 0.", "Note 39.")
    ]
    assert places == sorted(places)
    assert "Autopay was charged twice in October." in html
    assert "data-dialog" not in html.partition("<main")[2]


def test_what_was_deleted_is_not_printed(company: Cast, case: Case) -> None:
    frank = actor(company.frank)
    delete_post(post(case, body="Never mind.", by=frank), by=frank)
    html = page(company.frank, f"{case.get_absolute_url()}print/")
    assert "Never mind." not in html
    assert "Deleted by its author." in html


def test_who_may_not_see_the_case_prints_nothing(company: Cast, case: Case) -> None:
    page(company.dora, f"{case.get_absolute_url()}print/", 404)


def test_few_statements(
    company: Cast, case: Case, django_assert_max_num_queries: Statements
) -> None:
    client = browser(company.frank)
    client.get(case.get_absolute_url())
    with django_assert_max_num_queries(8):
        client.get(f"{case.get_absolute_url()}print/")
