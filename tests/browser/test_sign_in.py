"""Signing in (K1), and the page that a refusal leads to (K5)."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.looks import findings_in_every_look
from tests.browser.profiles import page_of
from tests.cast import Cast

PASSWORD = "a long enough password"


def test_one_comes_to_the_page_that_one_asked_for(
    context: BrowserContext, live_server: LiveServer, firm: Cast
) -> None:
    firm.frank.set_password(PASSWORD)
    firm.frank.save(update_fields=["password"])
    page = page_of(context)
    page.goto(f"{live_server.url}/guide/")
    page.get_by_label("User name or email").fill("frank")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live_server.url}/guide/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Guide")


def test_a_wrong_password_is_said_and_the_name_is_kept(
    context: BrowserContext, live_server: LiveServer, firm: Cast
) -> None:
    page = page_of(context)
    page.goto(f"{live_server.url}/")
    assert findings_in_every_look(page) == []
    page.get_by_label("User name or email").fill("frank")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("User name or email")).to_have_value("frank")


def test_somebody_deactivated_stays_outside(
    context: BrowserContext, live_server: LiveServer, firm: Cast
) -> None:
    firm.frank.set_password(PASSWORD)
    firm.frank.is_active = False
    firm.frank.save()
    page = page_of(context)
    page.goto(f"{live_server.url}/")
    page.get_by_label("User name or email").fill("frank")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Guide")).to_have_count(0)
    page.goto(f"{live_server.url}/guide/")
    expect(page.get_by_label("User name or email")).to_be_visible()
