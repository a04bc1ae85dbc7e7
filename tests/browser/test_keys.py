"""The keyboard: single keys on lists and pages, and where the focus is."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from heliodesk.core import clock
from tests.browser.profiles import SignIn
from tests.cast import Cast, case


def test_a_list_is_walked_selected_and_opened(as_: SignIn, firm: Cast) -> None:
    now = clock.now()
    cases = [
        case(firm, owner_queue=firm.homeowner_queue, created_at=now - timedelta(hours=hours))
        for hours in (9, 8, 7)
    ]
    page = as_(firm.bea, "/queues/homeowner/")
    active = page.locator("[data-row][data-active]")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(active).to_contain_text(cases[1].display_number)
    page.keyboard.press("k")
    expect(active).to_contain_text(cases[0].display_number)
    page.keyboard.press("x")
    expect(page.get_by_text("1 selected")).to_be_visible()
    page.keyboard.press("o")
    expect(page.locator(".highlights__number")).to_have_text(cases[0].display_number)
    page.go_back()
    expect(active).to_contain_text(cases[0].display_number)
    expect(active.get_by_role("link").first).to_be_focused()
    page.keyboard.press("j")
    expect(active).to_contain_text(cases[1].display_number)


def test_slash_leads_to_the_search_field_and_g_to_the_places(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, "/guide/")
    page.keyboard.press("/")
    search = page.get_by_label("Search cases, contracts, names, phones")
    expect(search).to_be_focused()
    page.keyboard.type("g d")
    expect(search).to_have_value("g d")
    page.keyboard.press("Escape")  # the proposals
    page.keyboard.press("Escape")  # the field
    expect(search).not_to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("d")
    expect(page.get_by_role("heading", level=1)).to_have_text("My desk")


def test_the_question_mark_lists_the_keys_and_they_can_be_switched_off(
    as_: SignIn, firm: Cast
) -> None:
    page = as_(firm.frank, case(firm).get_absolute_url())
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_role("heading")).to_have_text(["Keys", "This page", "Go to", "Everywhere"])
    expect(keys).to_contain_text("Log Review")
    expect(keys).to_contain_text("My desk")
    carried = page.locator("#main [data-key]").evaluate_all("all => all.map(e => e.dataset.key)")
    shown = keys.locator("kbd").all_inner_texts()
    assert set(carried) <= set(shown)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(1)
    keys.get_by_role("checkbox", name="Single keys are on").uncheck()
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    page.keyboard.press("/")
    expect(page.get_by_label("Search cases, contracts, names, phones")).not_to_be_focused()


def test_the_focus_goes_into_a_dialog_and_back(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, case(firm).get_absolute_url())
    page.keyboard.press("c")
    expect(page.get_by_role("dialog", name="Close case")).to_be_visible()
    expect(page.get_by_label("Closed Reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    link = page.get_by_role("link", name="Close", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Closed Reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    page.keyboard.press("W")  # Caps Lock is on
    expect(page.get_by_role("dialog", name="Change Owner").get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("body").dispatch_event("keydown", {"key": "ц", "code": "KeyW"})
    expect(page.get_by_role("dialog", name="Change Owner")).to_be_visible()


def test_the_way_past_the_rail_is_the_first_stop(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, "/guide/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
