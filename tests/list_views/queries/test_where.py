"""Filters as SQL, compared with the same worked out in plain Python."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heliodesk.cases.models import Case
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.list_views.fields import FIELDS
from heliodesk.list_views.filters import Condition, Filter, Group
from heliodesk.list_views.filters.operators import operators
from heliodesk.list_views.queries.where import where
from heliodesk.people.access import Actor
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.list_views import drawn, plain

pytestmark = pytest.mark.django_db
once_filled = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
few = settings(max_examples=3, deadline=None, suppress_health_check=once_filled)
many = settings(max_examples=40, deadline=None, suppress_health_check=once_filled)


def found(filter: Filter, by: Actor) -> list[int]:
    """The IDs of the cases for which the SQL holds."""
    condition, values = where(filter, by=by)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT c.id FROM cases_case c WHERE {condition} ORDER BY c.id", values)
        return [row[0] for row in cursor.fetchall()]


def expected(filter: Filter, by: Actor, cases: list[Case]) -> list[int]:
    """The same by plain Python."""
    return [case.pk for case in cases if plain.holds(filter, case, by)]


@few
@given(data=st.data())
def test_each_operator_of_each_field_lets_through_what_it_says(
    data: st.DataObject, desk: list[Case], company: Cast
) -> None:
    sue = actor(company.sue)
    for name, field in FIELDS.items():
        for operator in operators(field):
            condition = data.draw(drawn.condition(company, field, operator), label=name)
            filter = Filter((Group("all", (condition,)),))

            assert found(filter, sue) == expected(filter, sue, desk), condition.text


@many
@given(data=st.data())
def test_groups_of_conditions_let_through_what_plain_python_lets_through(
    data: st.DataObject, desk: list[Case], company: Cast
) -> None:
    filter = data.draw(drawn.filters(company))
    sue = actor(company.sue)

    assert found(filter, sue) == expected(filter, sue, desk)


def test_without_conditions_everything_is_let_through(desk: list[Case], company: Cast) -> None:
    assert found(Filter(), actor(company.frank)) == [case.pk for case in desk]


def test_me_is_whoever_looks(desk: list[Case], company: Cast) -> None:
    mine = Filter((Group("all", (Condition("owner_agent", "is", ("me",)),)),))

    for person in (company.frank, company.bea):
        owned = [case.pk for case in desk if case.owner_agent_id == person.pk]
        assert found(mine, actor(person)) == owned


@pytest.mark.parametrize("known", [2_000, 0])  # cases with a mention, at most, told beforehand
def test_a_department_member_finds_their_cases_only(
    company: Cast, still: Clock, monkeypatch: pytest.MonkeyPatch, known: int
) -> None:
    monkeypatch.setattr("heliodesk.cases.access.MENTIONED", known)
    cast.case(company)
    assigned, mentioned = cast.case(company), cast.case(company)
    cast.assignment(company, assigned)
    post = FeedItem.objects.create(
        case=mentioned, kind="post", author=company.frank, at=still.at, body="@Sales, see this."
    )
    Mention.objects.create(item=post, department=company.sales)

    assert found(Filter(), actor(company.dora)) == [assigned.pk, mentioned.pk]
    assert found(Filter(), actor(company.oscar)) == []
    nothing = Filter((Group("any", (Condition("number", "more", ("0",)),)),))
    assert found(nothing, actor(company.oscar)) == []
