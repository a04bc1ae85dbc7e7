"""Several cases at once, from the bar below a list to the results, without a reload (V3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from heliodesk.bulk.models import BulkAction
from heliodesk.bulk.rules import starting
from heliodesk.bulk.rules.running import carry_on
from heliodesk.bulk.views import beginning
from heliodesk.cases.models import Case, Priority
from heliodesk.core import clock
from heliodesk.list_views.queries import listing
from tests.browser.profiles import SignIn
from tests.cast import Cast, case


def test_all_that_match_by_dialog_and_question_and_the_results_come_by_themselves(
    as_: SignIn, firm: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "FEW", 2)
    monkeypatch.setattr(beginning, "FEW", 2)
    for _ in range(3):
        case(firm)
    page = as_(firm.sue, "/cases/?all=open:is:yes")
    page.locator("input[data-select]").first.check()
    page.get_by_label("that match").check()
    page.keyboard.press("u")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("3 cases that match")
    dialog.get_by_text("High", exact=True).click()
    dialog.get_by_role("button", name="Set priority of 3 cases").click()
    expect(dialog).to_contain_text("Set the priority to High?")
    expect(dialog).to_be_focused()  # a held Enter does not say yes
    dialog.get_by_role("button", name="Yes, all 3 cases").click()
    expect(page.get_by_text("Running")).to_be_visible()

    carry_on(BulkAction.objects.get().pk, seconds=60)

    expect(page.get_by_text("Finished")).to_be_visible()
    expect(page.locator(".bulk-progress__counts")).to_contain_text("3 done")
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    assert set(Case.objects.values_list("priority", flat=True)) == {Priority.HIGH}


def test_what_is_selected_stays_so_on_other_pages_of_the_list_until_it_is_done(
    as_: SignIn, firm: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    made = [case(firm, created_at=clock.now() - timedelta(hours=hours)) for hours in (1, 2, 3)]
    page = as_(firm.sue, "/cases/")
    count = page.locator("[data-bulk-count]")
    page.locator("input[data-select]").first.check()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Previous")).to_be_visible()
    expect(count).to_have_text("1 selected, 1 on other pages")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(count).to_have_text("2 selected, 1 on other pages")
    page.get_by_role("link", name="Previous").click()
    expect(page.get_by_role("link", name="Next")).to_be_visible()
    expect(page.locator("input[data-select]").first).to_be_checked()
    page.keyboard.press("u")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 cases selected")
    dialog.get_by_text("High", exact=True).click()
    dialog.get_by_role("button", name="Set priority of 2 cases").click()
    expect(dialog).to_have_count(0)
    high = Case.objects.filter(priority=Priority.HIGH)
    assert set(high) == {made[0], made[2]}
    expect(page.locator("[data-bulk][data-on]")).to_have_count(0)
    page.locator("input[data-select]").first.check()
    page.get_by_label("that match").check()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Previous")).to_be_visible()
    expect(count).to_have_text("All 3 selected")
    expect(page.locator("input[data-select]")).to_be_checked()


def test_on_a_narrow_screen_the_bar_stands_above_the_rail(as_: SignIn, firm: Cast) -> None:
    for _ in range(9):
        case(firm)
    page = as_(firm.sue, "/cases/")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("input[data-select]").first.check()
    bar = page.locator("[data-bulk]").bounding_box()
    rail = page.get_by_role("navigation", name="Desk").bounding_box()
    assert bar
    assert rail
    assert bar["y"] + bar["height"] <= rail["y"]
