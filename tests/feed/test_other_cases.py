"""A feed names other cases only to those who may see them (K6)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from heliodesk.cases.rules.following import follow_case
from heliodesk.cases.rules.relating import relate_cases
from heliodesk.feed.models import FeedItem
from heliodesk.feed.queries import feed_of
from heliodesk.live import items
from heliodesk.notices.mail.news import RELATED, case_news
from heliodesk.notices.models import Notice
from heliodesk.notices.queries import notices_of
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[object]]


def told(company: Cast, who: str) -> tuple[str, str]:
    """What Sales's case says of one that it may not see and one that it may, and the number of
    the first."""
    case, hidden, shown = cast.case(company), cast.case(company), cast.case(company)
    cast.assignment(company, case)
    cast.assignment(company, shown)
    relate_cases(case, other=hidden, by=actor(company.frank))
    relate_cases(case, other=shown, by=actor(company.frank))
    rows = feed_of(case, by=actor(getattr(company, who))).rows
    words = " / ".join(str(row.says) for row in rows)
    assert shown.display_number in words
    return words, hidden.display_number


def test_a_department_reads_of_another_case(company: Cast) -> None:
    words, hidden = told(company, "dora")
    assert hidden not in words
    assert "linked <span>another case</span> as related" in words


def test_its_notices_and_mails_name_no_more(company: Cast) -> None:
    case, hidden = cast.case(company), cast.case(company)
    cast.assignment(company, case)
    seeing = actor(company.dora)
    follow_case(case, by=seeing)
    relate_cases(case, other=hidden, by=actor(company.frank))
    (row,) = notices_of(seeing).rows
    (line,) = case_news(list(Notice.objects.select_related(*RELATED)), seeing=seeing)[0].lines
    for words in (row.excerpt, line.text):
        assert "another case" in words
        assert hidden.display_number not in words


def test_support_reads_its_number(company: Cast) -> None:
    words, hidden = told(company, "fiona")
    assert hidden in words
    assert "another case" not in words


def test_it_costs_nothing_where_no_case_is_named(
    company: Cast, django_assert_num_queries: Statements
) -> None:
    case = cast.case(company)
    cast.assignment(company, case)
    by = actor(company.dora)
    with django_assert_num_queries(2):
        feed_of(case, by=by)


def test_an_open_page_is_told_no_more(company: Cast) -> None:
    case, hidden = cast.case(company), cast.case(company)
    cast.assignment(company, case)
    relate_cases(case, other=hidden, by=actor(company.frank))
    (item,) = items.read([FeedItem.objects.get(case=case).pk])
    assert item.names_a_case
    assert hidden.display_number in item.shown_to_others()["html"]
    assert hidden.display_number not in item.shown_to(actor(company.dora))["html"]
