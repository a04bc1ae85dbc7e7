"""An administrator adds people, as a browser shows it (K1)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.profiles import SignIn
from tests.cast import Cast


def test_a_first_password_is_asked_for_where_there_is_one(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.ada, "/set-up/people/new/")
    first = page.locator("[name=password]")
    page.get_by_label("By an invitation").check()
    expect(first).to_be_hidden()
    page.get_by_label("With a first password").check()
    expect(first).to_be_visible()
    page.get_by_label("Not at all").check()
    expect(first).to_be_hidden()
