"""The rows, orders, pages and counts of a department's list (A8, V2)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.assignments.models import CaseAssignment, FollowUp
from heliodesk.assignments.queries import department_list, rows
from heliodesk.assignments.queries.department_list import SHOWN, asked_of
from heliodesk.assignments.queries.orders import AssignmentOrder
from heliodesk.cases.models import Priority
from heliodesk.core.refusal import Refused
from heliodesk.people.models import Topic
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def asked(company: Cast, still: Clock, hours: int, **fields: object) -> CaseAssignment:
    """What Sales was asked so many hours ago, on a case of its own."""
    at = still.at - timedelta(hours=hours)
    priority = fields.pop("priority", Priority.NORMAL)
    case = cast.case(company, created_at=at, priority=priority)
    return cast.assignment(company, case, **fields)


def ids(company: Cast, show: str = "open", sort: str = "", **cursor: str) -> list[int]:
    return [row.id for row in listed(company, show, sort, **cursor).rows]


def listed(company: Cast, show: str = "open", sort: str = "", **cursor: str) -> rows.Page:
    values = {"departments": [company.sales.pk], "person": company.dora.pk}
    return rows.page(SHOWN[show], values, AssignmentOrder.named(sort), **cursor)


def test_the_order_of_work_is_overdue_then_high_priority_then_the_oldest(
    company: Cast, still: Clock
) -> None:
    young, old = asked(company, still, 2), asked(company, still, 30)
    high = asked(company, still, 1, priority=Priority.HIGH)
    late, later = asked(company, still, 60), asked(company, still, 50)
    late_and_high = asked(company, still, 49, priority=Priority.HIGH)
    in_order = [late_and_high, late, later, high, old, young]
    assert ids(company) == [one.pk for one in in_order]


def test_each_tab_shows_what_it_says(company: Cast, still: Clock) -> None:
    mine = asked(company, still, 5, status="accepted", assignee=company.dora, accepted_at=still.at)
    theirs = asked(company, still, 4, status="accepted", assignee=company.sue, accepted_at=still.at)
    late = asked(company, still, 90)
    ended = asked(company, still, 3, status="withdrawn", ended_at=still.at, ended_by=company.frank)
    cast.assignment(
        company, cast.case(company), department=company.legal,
        reason=company.legal.referral_reasons.create(name="Letter"),
    )  # fmt: skip
    assert ids(company, "open") == [late.pk, mine.pk, theirs.pk]
    assert ids(company, "mine") == [mine.pk]
    assert ids(company, "overdue") == [late.pk]
    assert ids(company, "ended") == [ended.pk]


def test_each_column_sorts_both_ways(company: Cast, still: Clock) -> None:
    first = asked(company, still, 3, priority=Priority.HIGH)
    topic = Topic.objects.create(department=company.sales, name="Omnidian")
    second = asked(
        company, still, 2, status="accepted", assignee=company.dora, accepted_at=still.at,
        topic=topic, reason=company.sales.referral_reasons.create(name="Unlike the other"),
        created_by=company.fiona,
    )  # fmt: skip
    FollowUp.objects.create(
        assignment=first, asked_at=still.at, asked_by=company.frank, escalates_at=still.at
    )
    for column in AssignmentOrder.columns:
        up, down = ids(company, sort=column), ids(company, sort=f"-{column}")
        assert up == down[::-1], column
        assert {*up} == {first.pk, second.pk}, column


@pytest.mark.parametrize("sort", ["", "-customer", "created", "-answer", "number", "-reason"])
def test_pages_go_on_and_back_without_a_gap(
    company: Cast, still: Clock, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    monkeypatch.setattr(rows, "PAGE", 4)
    made = [asked(company, still, hours) for hours in (60, 3, 70, 20, 50, 9, 8, 7, 6)]
    pages = [listed(company, sort=sort)]
    while pages[-1].after:
        pages.append(listed(company, sort=sort, after=pages[-1].after))
    assert [len(page.rows) for page in pages] == [4, 4, 1]
    assert {row.id for page in pages for row in page.rows} == {one.pk for one in made}
    back = listed(company, sort=sort, before=pages[-1].before)
    assert [row.id for row in back.rows] == [row.id for row in pages[1].rows]


def test_a_cursor_of_something_else_is_refused(company: Cast) -> None:
    with pytest.raises(Refused) as refused:
        listed(company, after="bm90IGpzb24")
    assert refused.value.code == "cursor_unreadable"


def test_a_row_says_all_that_is_asked(company: Cast, still: Clock) -> None:
    one = asked(company, still, 30, priority=Priority.HIGH, assignee=None)
    FollowUp.objects.create(
        assignment=one,
        asked_at=still.at,
        asked_by=company.frank,
        escalates_at=still.at + timedelta(hours=5),
    )
    (row,) = listed(company).rows
    assert (row.number, row.case, row.customer, row.high) == (
        str(one), one.case.display_number, "Maria Delgado", True,
    )  # fmt: skip
    assert (row.department, row.reason, row.subtype, row.topic) == (
        "Sales", "Sales promise", "", "",
    )  # fmt: skip
    assert (row.status_label, row.assignee, row.asker) == ("Open", "", "Frank Tester")
    assert (row.left, row.was_escalated) == (timedelta(hours=5), False)
    still.move(hours=6)
    assert listed(company).rows[0].left == timedelta(0)


def test_one_statement_reads_a_page(
    company: Cast, still: Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for hours in range(5):
        asked(company, still, hours)
    listed(company)  # names of set-up data are kept from here on
    with django_assert_num_queries(1):
        listed(company)


def test_the_counts_say_how_many_and_since_when(
    company: Cast, still: Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked(company, still, 60)
    asked(company, still, 5, status="accepted", assignee=company.dora, accepted_at=still.at)
    asked(company, still, 4, status="withdrawn", ended_at=still.at, ended_by=company.frank)
    with django_assert_num_queries(1):
        found = asked_of(None, person_id=company.dora.pk)
    sales = found[company.sales.pk]
    assert (sales.open, sales.accepted, sales.overdue, sales.mine) == (2, 1, 1, 1)
    assert sales.oldest == still.at - timedelta(hours=60)
    assert found[company.legal.pk].open == 0


def test_the_counts_are_bounded(
    company: Cast, still: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(department_list, "BOUND", 2)
    assert department_list.Asked(open=2, overdue=1).words == "2+"
    assert department_list.Asked(open=2, overdue=1).bounded(1) == "1+"
    assert department_list.Asked(open=1, overdue=1).words == "1"
    assert department_list.Asked(open=2).bounded(0) == "0"
