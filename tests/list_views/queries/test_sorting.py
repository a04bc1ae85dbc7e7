"""Sorting by any column: as plain Python sorts, however many cases there are (V3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case
from heliodesk.core.refusal import Refused
from heliodesk.list_views.columns import columns
from heliodesk.list_views.fields import FIELDS, Kind
from heliodesk.list_views.fields.choices import CODED
from heliodesk.list_views.filters import Filter, read_text
from heliodesk.list_views.orders import COLUMNS, INDEXED, order_named
from heliodesk.list_views.orders.sort_keys import GROUPS, NAMED, UNSORTED
from heliodesk.list_views.queries import grouped, groups, listing, stages
from heliodesk.list_views.queries.listing import page
from heliodesk.people.access import Actor
from heliodesk.worklists.queries import cursors
from heliodesk.worklists.queries.names import names
from tests.cast import Cast, actor
from tests.list_views import plain
from tests.list_views.queries.test_listing import both_ways, walked

pytestmark = pytest.mark.django_db
LAST, NEVER = chr(1_114_111), datetime(9999, 1, 1, tzinfo=UTC)
#: What part of all cases each value is said to have, and how many the filter lets through.
WAYS = {
    "sorted": (0.0, 0),
    "value by value": (1.0, 30),
    "several values at once": (0.1, 30),
    "several values, all not tried": (0.1, 100_000),
    "few of one value": (0.01, 1_000),
}


def _departments(case: Case, *, standing: bool) -> str:
    found = plain._standing(case) if standing else case.assignments.all()
    return ", ".join(sorted({one.department.name for one in found}))


#: What is sorted by where that is not the value that is filtered by.
SAID: dict[str, Callable[[Case], Any]] = {
    "owner_queue": lambda case: case.owner_queue and case.owner_queue.name,
    "account": lambda case: case.account.name,
    "contact": lambda case: case.contact and case.contact.name,
    "installer": lambda case: case.installer and case.installer.name,
    "department": lambda case: _departments(case, standing=True),
    "assigned_department": lambda case: _departments(case, standing=False),
    "due_for_review": lambda case: NEVER if case.is_closed else case.review_due_from,
}


def key(name: str, case: Case, by: Actor) -> Any:
    """What the case is sorted by in the order by this column."""
    field = FIELDS[name]
    if name in SAID:
        value = SAID[name](case)
        return value if isinstance(value, datetime) else (value or "").upper() or LAST
    value = plain.VALUES[name](case, by)
    if name in NAMED:
        kind = field.of.replace("_", " ")
        return names(kind)[value].upper() if value else LAST
    if field.of in CODED:
        return list(CODED[field.of]).index(value) if value else 1_000
    if field.kind == Kind.TEXT:
        return (value or "").upper() or LAST
    if field.kind == Kind.MOMENT:
        return value or NEVER
    return 2**63 if value is None else int(value)


@pytest.mark.parametrize("way", WAYS)
def test_every_column_sorts_both_ways_as_plain_python_does(
    way: str, desk: list[Case], company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    (share, said), sue = WAYS[way], actor(company.sue)
    monkeypatch.setattr(listing, "PAGE", 23)
    if share:
        monkeypatch.setattr(stages, "GATHERED", 15)
        monkeypatch.setattr(grouped, "STEPS", 100)
        monkeypatch.setattr(grouped, "TARGET", 8)
        guess = stages.Guess(said, is_dear=False)
        monkeypatch.setattr(stages, "estimated", lambda wanted: guess)
        known = {"": share, None: share, groups.ALL: 1_000_000.0}
        monkeypatch.setattr(grouped, "shares", lambda field: known)
    for name in (GROUPS if share else COLUMNS).keys() - INDEXED.keys():
        expected = sorted(desk, key=lambda case: (key(name, case, sue), case.created_at, case.pk))
        numbers = [case.display_number for case in expected]
        assert both_ways("", name, sue) == (numbers, numbers), name
        assert walked("", f"-{name}", sue) == numbers[::-1], name


#: Filters that say which values of a column there are, themselves or by what they say of others.
ABOUT_VALUES = [
    "all=open:is:yes",
    "all=open:is:no",
    "all=status:is:closed,new&none=priority:is:high",
    "none=status:is:closed&none=case_type:is_not:homeowner",
    "all=owner_agent:is:me&any=contract_gap:is:none",
    "all=owner_agent:empty:yes",
    "all=owner_agent:is_not:me&none=closed_by:empty:no",
    "all=closed_by:empty:no&all=reviewed_by:empty:no",
    "any=status:is:new&any=owner_queue:is:homeowner",
    "none=reopened:is:yes&all=merged:is:no",
]


@pytest.mark.parametrize("text", ABOUT_VALUES)
def test_values_that_the_filter_leaves_out_are_passed_over(
    text: str, desk: list[Case], company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 23)
    monkeypatch.setattr(stages, "GATHERED", 5)
    monkeypatch.setattr(grouped, "STEPS", 100)
    guess = stages.Guess(100_000, is_dear=False)
    monkeypatch.setattr(stages, "estimated", lambda wanted: guess)
    sue, (wanted, refused) = actor(company.sue), read_text(text)
    assert refused == []
    let_through = [case for case in desk if plain.holds(wanted, case, sue)]
    for at, name in enumerate(sorted(GROUPS.keys() - INDEXED.keys())):
        expected = sorted(
            let_through, key=lambda case: (key(name, case, sue), case.created_at, case.pk)
        )
        numbers = [case.display_number for case in expected]
        if (at + ABOUT_VALUES.index(text)) % 2:  # every column both ways, by half of the filters
            assert walked(text, name, sue) == numbers, name
        else:
            assert walked(text, f"-{name}", sue) == numbers[::-1], name


def test_what_few_values_have_is_sorted_when_some_find_nothing(
    desk: list[Case], company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 23)
    monkeypatch.setattr(stages, "GATHERED", 5)
    monkeypatch.setattr(grouped, "MISSED", 1)
    sue, text = actor(company.sue), "all=owner_agent:is:me"
    expected = sorted(
        (case for case in desk if case.owner_agent_id == company.sue.pk),
        key=lambda case: (key("owner_queue", case, sue), case.created_at, case.pk),
    )

    assert walked(text, "owner_queue", sue) == [case.display_number for case in expected]


def test_every_column_but_four_can_be_sorted_by() -> None:
    assert FIELDS.keys() - COLUMNS.keys() == UNSORTED | {"age"}  # an age as Created, its other way


def test_more_than_can_be_sorted_at_once_are_refused(
    desk: list[Case], company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages, "GATHERED", 15)

    with pytest.raises(Refused) as refused:
        page(Filter(), columns(["number"]), order_named("job_id"), by=actor(company.sue))

    assert (refused.value.code, refused.value.rule) == ("too_many_to_sort", "V3")
    assert "More than 15 cases" in refused.value.message


@pytest.mark.parametrize("values", [["A", "2026-11-01T00:00:00+00:00", 1], [1, "soon", 1], [1, 1]])
def test_a_cursor_of_another_order_is_refused(company: Cast, values: list[Any]) -> None:
    with pytest.raises(Refused) as refused:
        page(
            Filter(), columns(["number"]), order_named("status"), by=actor(company.sue),
            after=cursors.write(values),
        )  # fmt: skip

    assert refused.value.code == "cursor_unreadable"


def test_going_through_the_values_takes_few_statements(
    desk: list[Case],
    company: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(listing, "PAGE", 10)
    monkeypatch.setattr(stages, "GATHERED", 15)
    sue = actor(company.sue)
    page(Filter(), columns(FIELDS), order_named("status"), by=sue)  # reads the names

    for name in ("status", "owner_agent", "-request_subtype"):
        with django_assert_max_num_queries(24):
            page(Filter(), columns(FIELDS), order_named(name), by=sue)
