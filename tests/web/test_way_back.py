"""What was refused leads back to what it was about (K5)."""

from __future__ import annotations

import pytest

from heliodesk.list_views.rules.saving import save_list_view
from tests import cast
from tests.cast import Cast, actor
from tests.screens import page, send

pytestmark = pytest.mark.django_db


def back_from(refused: str) -> str:
    """The address that the page of a refusal leads to."""
    return refused.partition('<div class="actions">')[2].partition('href="')[2].partition('"')[0]


def test_from_an_act_on_a_case_it_leads_to_the_case(company: Cast) -> None:
    case = cast.case(company)
    address = f"/cases/{case.display_number}/"
    assert back_from(page(company.frank, f"{address}merge/undoing/", 409)) == address


def test_to_a_case_that_one_may_not_see_it_does_not_lead(company: Cast) -> None:
    case = cast.case(company)
    assert back_from(page(company.dora, f"/cases/{case.display_number}/print/", 404)) == "/"


def test_from_anothers_list_view_it_leads_to_ones_own(company: Cast) -> None:
    view = save_list_view(name="Mine", query="", by=actor(company.frank))
    for path in (f"/cases/?view={view.pk}", f"/list-views/{view.pk}/edit/"):
        assert back_from(page(company.bea, path, 404)) == "/list-views/"


def test_from_another_persons_bulk_action_it_leads_to_the_others(company: Cast) -> None:
    assert back_from(page(company.frank, "/bulk-actions/4711/", 404)) == "/bulk-actions/"
    assert back_from(send(company.frank, "/list-views/4711/pin/", 404)) == "/list-views/"
