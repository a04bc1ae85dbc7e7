"""Follow-up date, following and related cases on the screen (W1, W2)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Case, Follower, RelatedCase
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(company: Cast, still: Clock) -> Case:
    return cast.case(company)


def test_the_follow_up_date_is_set_shown_and_done(company: Cast, case: Case, still: Clock) -> None:
    address = f"{case.get_absolute_url()}follow-up-date/"
    assert "T09:00" in page(company.frank, address)
    day = (
        f"{still.at:%Y}-12-31T09:30" if still.at.month < 12 else f"{still.at.year + 1}-02-01T09:30"
    )
    send(company.frank, address, at=day, what_for="Call Maria back")
    shown = page(company.frank, case.get_absolute_url())
    assert "Follow-up: Call Maria back" in shown
    send(company.frank, f"{address}removal/")
    assert (
        "Call Maria back" not in page(company.frank, case.get_absolute_url()).partition("feed")[0]
    )


def test_a_bad_date_is_refused_and_what_was_typed_is_kept(company: Cast, case: Case) -> None:
    address = f"{case.get_absolute_url()}follow-up-date/"
    for at in ("soon", "1999-01-01T09:00", "9999-99-99T99:99"):
        assert "Call Maria" in send(company.frank, address, 422, at=at, what_for="Call Maria")
    page(company.fiona, address, 403)
    page(company.dora, address, 404)


def test_followed_and_not_any_more(company: Cast, case: Case) -> None:
    send(company.fiona, f"{case.get_absolute_url()}following/")
    assert Follower.objects.get().user == company.fiona
    assert "Following" in page(company.fiona, case.get_absolute_url())
    send(company.fiona, f"{case.get_absolute_url()}following/end/")
    assert not Follower.objects.exists()
    send(company.dora, f"{case.get_absolute_url()}following/", 404)


def test_a_related_case_is_linked_by_number_and_stands_on_both(company: Cast, case: Case) -> None:
    other = cast.installer_case(company)
    address = f"{case.get_absolute_url()}related/new/"
    assert "There is no case" in send(company.fiona, address, 422, other="99999999")
    send(company.fiona, address, other=f"#{other.display_number}")
    assert RelatedCase.objects.get().other == other
    for one, two in ((case, other), (other, case)):
        shown = page(company.fiona, f"{one.get_absolute_url()}?tab=related")
        assert f"/cases/{two.display_number}/" in shown
    removal = f"{other.get_absolute_url()}related/{case.number}/removal/"
    send(company.fiona, removal)
    assert not RelatedCase.objects.exists()


def test_cases_of_the_customer_and_the_installer_are_proposed(company: Cast, case: Case) -> None:
    other = cast.installer_case(company)
    asked = browser(company.frank).get(
        f"{case.get_absolute_url()}related/options/", {"q": "bright"}
    )
    assert [item["value"] for item in asked.json()["items"]] == [other.display_number]
    none = browser(company.dora).get(f"{case.get_absolute_url()}related/options/", {"q": "a"})
    assert none.status_code == 404
