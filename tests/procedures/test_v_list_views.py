"""V3: list views, as the procedures say it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heliodesk.cases.models import Priority
from heliodesk.list_views.access import get_view
from heliodesk.list_views.columns import read_columns
from heliodesk.list_views.filters import read_text
from heliodesk.list_views.orders import order_named
from heliodesk.list_views.queries import listing
from heliodesk.list_views.queries.listing import page
from heliodesk.list_views.rules.saving import save_list_view
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def test_v3_a_view_filters_shows_and_sorts_and_is_shared(company: Cast, still: Clock) -> None:
    high = cast.case(company, priority=Priority.HIGH, customer_name="Zoë Adams")
    older = cast.case(company, priority=Priority.HIGH, created_at=still.at - timedelta(days=3))
    cast.case(company, priority=Priority.HIGH, created_at=still.at - timedelta(days=30))
    cast.case(company)
    query = "all=priority:is:high&all=created_at:last:7d&columns=number,customer&sort=customer"
    view = save_list_view(name="High", query=query, shared_with="everybody", by=actor(company.sue))

    shown = get_view(view.pk, by=actor(company.frank))
    filter, refused = read_text(shown.query)
    columns, _ = read_columns("number,customer")
    listed = page(filter, columns, order_named("customer"), by=actor(company.frank))

    assert refused == []
    assert [row.cells for row in listed.rows] == [
        (older.display_number, "Maria Delgado"),
        (high.display_number, "Zoë Adams"),
    ]


def test_v3_a_view_with_a_field_that_is_gone_opens_with_the_rest_and_says_so(
    company: Cast,
) -> None:
    view = save_list_view(
        name="Old", query="all=shoe_size:is:9&all=open:is:yes", by=actor(company.frank)
    )

    filter, [refused] = read_text(view.query)

    assert [condition.field for group in filter.groups for condition in group.conditions] == [
        "open"
    ]
    assert refused.rule == "V3"
    assert "“shoe_size” is gone" in refused.message


def test_v3_no_list_ends_before_its_last_case(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    made = {cast.case(company).display_number for _ in range(5)}
    columns, _ = read_columns("")
    found: list[str] = []
    after = ""
    while not found or after:
        listed = page(
            read_text("")[0], columns, order_named(""), by=actor(company.frank), after=after
        )
        found += [row.number for row in listed.rows]
        after = listed.after

    assert len(found) == len(made)
    assert set(found) == made
