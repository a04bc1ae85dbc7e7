"""An administrator keeps the lists that people choose from (X1, H4), as a browser shows them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.profiles import SignIn
from tests.cast import Cast


def test_a_reason_is_added_in_a_dialog_and_moved_by_its_arrows(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.ada, "/set-up/closed-reasons/")
    page.get_by_role("link", name="New Closed Reason").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("resolved")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("There is already a Closed Reason “resolved”")).to_be_visible()
    dialog.get_by_label("Name").fill("Handled by utility")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("“Handled by utility” was added.")).to_be_visible()
    rows = page.get_by_role("table", name="Offered").get_by_role("row")
    expect(rows.last).to_contain_text("Handled by utility")

    up = page.get_by_role("button", name="Move “Handled by utility” up")
    up.focus()
    page.keyboard.press("Enter")
    expect(rows.nth(3)).to_contain_text("Handled by utility")
    expect(up).to_be_focused()
    page.get_by_role("button", name="Retire Handled by utility").click()
    expect(page.get_by_role("table", name="Retired")).to_contain_text("Handled by utility")
