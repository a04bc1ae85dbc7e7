"""One field finds cases, contracts and people while one types (V4)."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from heliodesk.cases.models import Priority
from tests.browser.journeys import search
from tests.browser.looks import findings_in_every_look
from tests.browser.profiles import SignIn
from tests.cast import Cast, case

FIELD = "Search cases, contracts, names, phones"


def typed(page: Page, words: str) -> None:
    """Type as a person does, and leave Enter out."""
    page.get_by_label(FIELD).press_sequentially(words)


def test_an_exact_number_comes_first_and_enter_opens_it(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.bea)
    page.keyboard.press("/")
    page.keyboard.type(str(made.number))
    expect(page.get_by_role("option").first).to_contain_text(made.display_number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{made.get_absolute_url()}")


def test_a_name_with_a_typing_error_is_found_and_chosen_by_keys(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.bea)
    typed(page, "Dellgado")
    expect(page.get_by_role("option", name=made.display_number)).to_be_visible()
    assert findings_in_every_look(page) == []
    page.keyboard.press("ArrowDown")
    # Enter ends a word that an input method composes: it chooses nothing.
    page.locator("#search").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.get_by_role("option", name=made.display_number)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{made.get_absolute_url()}")


def test_results_stand_by_kind_at_an_address_of_their_own(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.bea)
    search(page, "Delgado")
    page.wait_for_url(re.compile(r"/search/\?q=Delgado"))
    main = page.get_by_role("main")
    cases = main.get_by_role("region", name="Cases")
    expect(cases.get_by_role("link", name=made.display_number)).to_be_visible()
    contracts = main.get_by_role("region", name="Contracts")
    expect(contracts.get_by_role("link", name=firm.contract.contract_id)).to_be_visible()
    texts = main.get_by_role("region", name="Texts")
    expect(texts.get_by_role("link", name=f"on {made.display_number}")).to_be_visible()
    page.reload()
    expect(page.get_by_label(FIELD)).to_have_value("Delgado")


def test_cases_that_were_found_are_selected_and_acted_on_as_in_a_list(
    as_: SignIn, firm: Cast
) -> None:
    first, second = case(firm), case(firm)
    page = as_(firm.sue)
    search(page, "Delgado")
    page.wait_for_url(re.compile(r"/search/"))
    count = page.locator("[data-bulk-count]")
    texts = page.get_by_role("region", name="Texts")
    texts.get_by_label(f"Select {first.display_number}").check()
    expect(count).to_have_text("1 selected")  # found by the name and in a text, it is one case
    cases = page.get_by_role("region", name="Cases")
    expect(cases.get_by_label(f"Select {first.display_number}")).to_be_checked()
    page.get_by_label("All 2 cases on this page").check()
    expect(count).to_have_text("2 selected")
    cases.get_by_label(f"Select {second.display_number}").uncheck()
    expect(count).to_have_text("1 selected")
    assert findings_in_every_look(page) == []
    page.keyboard.press("u")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 case selected")
    dialog.get_by_text("High", exact=True).click()
    dialog.get_by_role("button", name="Set priority").click()
    expect(dialog).to_have_count(0)
    page.wait_for_url(re.compile(r"/search/\?q=Delgado"))
    expect(page.locator("[data-bulk][data-on]")).to_have_count(0)
    first.refresh_from_db()
    assert first.priority == Priority.HIGH
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(count).to_have_text("1 selected")
