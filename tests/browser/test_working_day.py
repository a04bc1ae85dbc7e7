"""A promised call back, following a case, and a case on paper (W1, W2, W4)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.looks import findings_in_every_look
from tests.browser.profiles import SignIn
from tests.cast import Cast, case


def test_a_promised_call_back_is_set_and_done(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, case(firm).get_absolute_url())
    page.get_by_role("link", name="Follow-up date").click()
    dialog = page.get_by_role("dialog")
    at = dialog.get_by_label("Come back to it at").input_value()
    assert at.endswith("T09:00")  # of the next working day
    dialog.get_by_label("What for").fill("Call Maria back about the refund")
    dialog.get_by_role("button", name="Set").click()
    note = page.locator(".note").filter(has_text="Call Maria back about the refund")
    expect(note).to_contain_text("9:00 AM")
    expect(page.locator("#feed")).to_contain_text("Call Maria back about the refund")
    assert findings_in_every_look(page) == []
    note.get_by_role("button", name="Done").click()
    expect(note).to_have_count(0)


def test_who_follows_a_case_stops_by_the_same_button(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.bea, case(firm).get_absolute_url())
    page.get_by_role("button", name="Follow", exact=True).click()
    page.get_by_role("button", name="Following").click()
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()


def test_on_paper_stands_the_case_alone(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.frank, made.get_absolute_url())
    page.get_by_role("link", name="Print or save as PDF").click()
    expect(page.get_by_role("heading", name=made.display_number)).to_be_visible()
    assert findings_in_every_look(page) == []
    page.emulate_media(media="print")
    expect(page.get_by_label("Search cases, contracts, names, phones")).to_be_hidden()
    expect(page.get_by_role("link", name="Back to the case")).to_be_hidden()
    expect(page.get_by_text("Autopay was charged twice in October.")).to_be_visible()
