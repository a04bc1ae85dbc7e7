"""Filters in an address: read, refused, written again."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heliodesk.list_views.columns import read_columns
from heliodesk.list_views.defaults import LIST_VIEWS
from heliodesk.list_views.filters import (
    MOST_CONDITIONS,
    Condition,
    Filter,
    Group,
    address,
    read,
    read_text,
)
from heliodesk.list_views.orders import COLUMNS
from tests.cast import Cast
from tests.list_views import drawn

pytestmark = pytest.mark.django_db


def test_groups_are_read_by_their_parameters(company: Cast) -> None:
    found, refused = read_text(
        "all=status:is:new,awaiting_support&any=priority:is:high&any=open:is:yes&any.2=number:is:7"
        "&none=job_id:contains:a:b,c&columns=number&sort=-created_at&page=3"
    )

    assert refused == []
    assert found == Filter(
        (
            Group("all", (Condition("status", "is", ("new", "awaiting_support")),)),
            Group(
                "any",
                (Condition("priority", "is", ("high",)), Condition("open", "is", ("yes",))),
            ),
            Group("any", (Condition("number", "is", ("7",)),)),
            Group("none", (Condition("job_id", "contains", ("a:b,c",)),)),
        )
    )


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_is_written_is_read_again(data: st.DataObject, company: Cast) -> None:
    filter = data.draw(drawn.filters(company))
    text = address(filter, columns=["number", "age"], sort="customer").partition("?")[2]

    again, refused = read_text(text)

    assert refused == []
    assert sorted(again.pairs()) == sorted(dict.fromkeys(filter.pairs()))
    assert QueryDict(text)["columns"] == "number,age"


@pytest.mark.parametrize(
    ("condition", "code", "words"),
    [
        ("shoe_size:is:7", "field_gone", "“shoe_size” is gone"),
        ("status:contains:new", "operator_unknown", "cannot be compared by “contains”"),
        ("status:is:lost", "value_unknown", "has no value “lost”"),
        ("status:is:", "value_missing", "Choose what “Status” is compared with"),
        ("owner_queue:is:nobody", "value_unknown", "has no value “nobody”"),
        ("request_type:is:999999", "value_unknown", "has no value “999999”"),
        ("owner_agent:is:999999", "value_unknown", "has no value “999999”"),
        ("owner_agent:is:99999999999999999999999", "value_unknown", "has no value"),
        ("owner_agent:is:٣", "value_unknown", "has no value"),
        ("account:is:-4", "value_unknown", "has no value “-4”"),
        ("owner_agent:empty:perhaps", "value_unknown", "takes yes or no"),
        ("open:is:maybe", "value_unknown", "takes yes or no"),
        ("created_at:on:2026-02-30", "value_unknown", "takes a day here"),
        ("created_at:between:2026-11-22", "value_unknown", "takes two days here"),
        ("created_at:between:2026-11-22..2026-11-01", "value_unknown", "ends before it begins"),
        ("created_at:last:7 days", "value_unknown", "such as 24h, 7d, 4w or 3m"),
        ("created_at:last:99999d", "value_unknown", "such as 24h, 7d, 4w or 3m"),
        ("created_at:is:someday", "value_unknown", "is compared with one of"),
        ("number:more:many", "value_unknown", "takes a whole number"),
        ("number:is:99999999999999999999", "value_unknown", "takes a whole number"),
        ("number:between:5..1", "value_unknown", "ends before it begins"),
        ("customer:contains:  ", "value_missing", "Give the text"),
        ("customer:contains:" + "a" * 201, "text_too_long", "longer than 200 characters"),
        ("customer:contains:a\x00b", "text_unreadable", "no text"),
        ("customer:contains:a\ud800b", "text_unreadable", "no text"),
        ("description:words:the", "words_too_common", "stand in every text"),
        ("", "field_gone", "is gone"),
        (":::", "field_gone", "is gone"),
    ],
)
def test_a_condition_without_sense_is_named_and_the_rest_is_kept(
    company: Cast, condition: str, code: str, words: str
) -> None:
    query = QueryDict(mutable=True)
    query.setlist("all", ["open:is:yes", condition, "priority:is:high"])

    found, [refused] = read(query)

    assert (refused.code, refused.rule) == (code, "V3")
    assert words in refused.message
    assert refused.about["condition"] == condition
    assert [one.field for one in found.groups[0].conditions] == ["open", "priority"]


def test_conditions_beyond_the_most_are_left_out(company: Cast) -> None:
    query = QueryDict(mutable=True)
    query.setlist("any", [f"number:is:{number}" for number in range(MOST_CONDITIONS + 2)])

    found, refused = read(query)

    assert len(found) == MOST_CONDITIONS
    assert [one.code for one in refused] == ["too_many_conditions"] * 2


def test_a_length_of_time_never_leaves_the_calendar(company: Cast) -> None:
    for condition in ("created_at:older:9999m", "created_at:next:9999m", "created_at:last:9999w"):
        query = QueryDict(mutable=True)
        query.setlist("all", [condition])
        assert len(read(query)[1]) + len(read(query)[0]) == 1


def test_a_column_that_is_gone_is_named_and_the_others_stand() -> None:
    columns, [refused] = read_columns("number,shoe_size,status,number")

    assert [field.name for field in columns] == ["number", "status"]
    assert (refused.code, refused.rule) == ("field_gone", "V3")
    assert "“shoe_size” is gone" in refused.message


@pytest.mark.parametrize("name", LIST_VIEWS)
def test_the_views_that_ship_make_sense(name: str, company: Cast) -> None:
    query = QueryDict(LIST_VIEWS[name])
    found, refused = read(query)
    _, gone = read_columns(query.get("columns", ""))

    assert (refused, gone) == ([], [])
    assert len(found) >= 1
    assert query.get("sort", "created_at").removeprefix("-") in COLUMNS
