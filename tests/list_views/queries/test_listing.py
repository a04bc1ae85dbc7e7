"""Pages of any list: every case once, by every way to find it, only what one may see."""

from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case
from heliodesk.core.refusal import Refused
from heliodesk.list_views.columns import columns
from heliodesk.list_views.fields import FIELDS
from heliodesk.list_views.filters import Filter, read_text
from heliodesk.list_views.orders import INDEXED, order_named
from heliodesk.list_views.queries import listing, stages
from heliodesk.list_views.queries.listing import Count, Listing, page
from heliodesk.people.access import Actor
from tests import cast
from tests.cast import Cast, actor
from tests.list_views import plain

pytestmark = pytest.mark.django_db
ORDERS = [f"{way}{name}" for name in INDEXED for way in ("", "-")]
FILTERS = [
    "",
    "all=open:is:yes",
    "all=open:is:yes&all=priority:is:high",
    "all=open:is:no&all=created_at:last:7d",
    "all=owner_queue:is:homeowner&all=open:is:yes&all=priority:is:normal",
    "any=customer:begins:m&any=open_assignments:more:0&none=source:is:0",
    "all=status:is:new&all=closed_at:empty:no",
    "all=closed_at:last:7d",
    "all=last_modified_at:older:2d&all=priority:is:normal",
    "all=created_at:older:1d&all=closed_at:last:4w",
    "none=reopened:is:yes&all=created_at:older:1d&all=closed_at:last:4w",
]
#: Bounds small enough that a small desk goes every way: along, gathered, far along, all of it.
WAYS = {
    "as it comes": {},
    "by the filter": {"NEAR": 1, "GATHERED": 1_000},
    "far along the order": {"NEAR": 1, "GATHERED": 1, "FAR": 1_000},
    "all of it": {"NEAR": 1, "GATHERED": 1, "FAR": 1},
    "gathering is dear": {"NEAR": 10, "GATHERED": 1, "DEAR": 0, "FAR": 40, "FARTHER": 1_000},
    "dear, and not far along the order": {"NEAR": 10, "DEAR": 0, "FAR": 11, "FARTHER": 12},
    "few that took long": {"NEAR": 1, "GATHERED": 1, "LONG_ONES": 1},
}


def walked(text: str, order: str, by: Actor) -> list[str]:
    """The numbers of all rows, page by page."""
    return _numbers(_pages(text, order, by))


def both_ways(text: str, order: str, by: Actor) -> tuple[list[str], list[str]]:
    """The numbers of all rows, page by page to the last, and from there back to the first."""
    there = _pages(text, order, by)
    back = there[-1:]
    filter, _ = read_text(text)
    while before := back[0].before:
        here = page(filter, columns(["number"]), order_named(order), by=by, before=before)
        back.insert(0, here)
    return _numbers(there), _numbers(back)


def _numbers(pages: list[Listing]) -> list[str]:
    return [row.number for one in pages for row in one.rows]


def _pages(text: str, order: str, by: Actor) -> list[Listing]:
    filter, _ = read_text(text)
    pages = [page(filter, columns(["number"]), order_named(order), by=by)]
    while after := pages[-1].after:
        pages.append(page(filter, columns(["number"]), order_named(order), by=by, after=after))
    return pages


@pytest.mark.parametrize("way", WAYS)
def test_paging_by_every_order_gives_each_case_once(
    way: str, desk: list[Case], company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 23)
    for name, bound in WAYS[way].items():
        monkeypatch.setattr(stages, name, bound)
    sue = actor(company.sue)
    for text in FILTERS:
        text = text.replace("source:is:0", f"source:is:{company.email.pk}")
        filter, refused = read_text(text)
        assert refused == []
        expected = sorted(one.display_number for one in desk if plain.holds(filter, one, sue))
        for order in ORDERS if way == "as it comes" else ORDERS[::3]:
            there, back = both_ways(text, order, sue)
            assert sorted(there) == expected, (text, order)
            assert back == there


def test_orders_sort_by_their_column(desk: list[Case], company: Cast) -> None:
    def numbers(order: str) -> list[str]:
        return walked("", order, actor(company.sue))

    newest = sorted(desk, key=lambda case: (case.created_at, case.pk), reverse=True)
    assert numbers("-created_at") == [case.display_number for case in newest]
    assert numbers("customer") == [
        case.display_number
        for case in sorted(desk, key=lambda case: (case.customer_name.upper(), case.pk))
    ]
    closed = [case for case in newest if case.closed_at]
    closed.sort(key=lambda case: (case.closed_at, case.pk))
    assert numbers("closed_at")[: len(closed)] == [case.display_number for case in closed]
    assert numbers("nonsense") == numbers("-created_at")


def test_a_row_shows_every_field(company: Cast) -> None:
    case = cast.case(company, job_id="J-9")
    cast.assignment(company, case)
    listed = page(Filter(), columns(FIELDS), order_named(""), by=actor(company.frank))

    shown = dict(zip(FIELDS, listed.rows[0].cells, strict=True))

    assert shown["number"] == case.display_number
    assert shown["customer"] == "Maria Delgado"
    assert (shown["status"], shown["open"], shown["priority"]) == ("New", "Yes", "Normal")
    assert (shown["owner_agent"], shown["owner_queue"]) == ("Frank Tester", "")
    assert (shown["contract"], shown["contract_status"]) == ("C-1001", "Active")
    assert (shown["department"], shown["open_assignments"]) == ("Sales", 1)
    assert (shown["created_at"], shown["closed_at"]) == (case.created_at, "")
    assert (shown["job_id"], shown["age"], shown["merged"]) == ("J-9", 0, "")
    assert (shown["installer"], shown["contact"]) == ("Brightfield Solar", "Maria Delgado")


def test_a_column_shows_all_there_is_whatever_the_filter_asks_for(company: Cast) -> None:
    case = cast.case(company)
    cast.assignment(company, case)
    cast.assignment(company, case, department=company.legal, reason=company.legal_reason)
    sales, refused = read_text(f"all=department:is:{company.sales.slug}")
    assert not refused
    listed = page(sales, columns(["department"]), order_named(""), by=actor(company.sue))
    assert [row.cells for row in listed.rows] == [("Legal, Sales",)]


def test_a_department_members_list_shows_only_theirs(company: Cast) -> None:
    cast.case(company)
    theirs = cast.case(company)
    cast.assignment(company, theirs)

    assert walked("", "", actor(company.dora)) == [theirs.display_number]
    assert walked("", "", actor(company.oscar)) == []
    assert page(Filter(), columns(["number"]), order_named(""), by=actor(company.dora)).count == (
        Count(1, more=False)
    )


def test_counts_say_how_many_there_are_up_to_a_bound(
    desk: list[Case], company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sue = actor(company.sue)

    listed = page(Filter(), columns(["number"]), order_named(""), by=sue)
    assert listed.count == Count(len(desk), more=False)
    monkeypatch.setattr(listing, "MOST", 10)
    listed = page(Filter(), columns(["number"]), order_named(""), by=sue)
    assert listed.count == Count(10, more=True)
    assert listed.count.words == "10+"


def test_a_page_takes_few_statements(
    desk: list[Case], company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sue = actor(company.sue)
    filter, _ = read_text("all=open:is:yes&all=priority:is:high&all=customer:begins:M")
    page(filter, columns(FIELDS), order_named(""), by=sue)  # reads the names

    with django_assert_max_num_queries(5):
        page(filter, columns(FIELDS), order_named(""), by=sue)


def test_a_cursor_that_is_none_is_refused(company: Cast) -> None:
    with pytest.raises(Refused) as refused:
        page(Filter(), columns(["number"]), order_named(""), by=actor(company.sue), after="x")

    assert refused.value.code == "cursor_unreadable"


@pytest.mark.django_db(transaction=True)
def test_what_takes_too_long_asks_to_narrow_the_filter(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = stages.SETTINGS.replace(str(stages.LONGEST), "20")
    monkeypatch.setattr(stages, "SETTINGS", slow)

    with pytest.raises(Refused) as refused, stages.quickly(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(2)")

    assert (refused.value.code, refused.value.rule) == ("list_takes_too_long", "V3")
    assert "Narrow the filter" in refused.value.message
    with connection.cursor() as cursor:  # what was set went with the transaction
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)
