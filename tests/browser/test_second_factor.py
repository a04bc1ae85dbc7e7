"""Passkeys and codes in a real browser, whose authenticator is Chromium's own virtual one (K1)."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.looks import findings_in_every_look
from tests.browser.profiles import Profiles, page_of
from tests.cast import Cast
from tests.people.test_second_factor import code_of

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def _frank(firm: Cast, settings: Settings) -> None:
    cache.clear()
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    firm.frank.set_password(PASSWORD)
    firm.frank.save()


def sign_in(page: Page, server: LiveServer) -> None:
    """By password."""
    page.goto(f"{server.url}/session/login/")
    page.get_by_label("User name or email").fill("frank")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    """That it is oneself."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def with_authenticator(page: Page) -> None:
    """A device that recognises its owner, and keeps passkeys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def test_a_passkey_is_added_and_signs_in_without_a_password(
    context: BrowserContext, profiles: Profiles, live_server: LiveServer, firm: Cast
) -> None:
    page = page_of(context)
    profiles.spoil(page)
    with_authenticator(page)
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/me/")
    page.get_by_role("link", name="Second factor and passkeys").click()
    page.get_by_role("link", name="Add a passkey or key").click()
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey or key")
    assert findings_in_every_look(page) == []
    page.get_by_label("A name to know it by").fill("Work laptop")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    assert findings_in_every_look(page) == []
    page.get_by_role("link", name="I have them").click()
    expect(page.get_by_text("Work laptop passkey: no password needed")).to_be_visible()

    context.clear_cookies()
    page.goto(f"{live_server.url}/session/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live_server.url}/")
    expect(page.locator("[data-person]")).to_have_attribute("data-person", str(firm.frank.pk))

    context.clear_cookies()
    sign_in(page, live_server)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second factor")
    assert findings_in_every_look(page) == []
    page.get_by_role("button", name="Use a passkey or key instead").click()
    page.wait_for_url(f"{live_server.url}/")


def test_codes_of_an_app_do_without_javascript(
    profiles: Profiles, live_server: LiveServer, firm: Cast, settings: Settings
) -> None:
    page = page_of(profiles.special(java_script_enabled=False))
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/session/factors/totp/activate/")
    confirm(page)
    secret = page.locator("code.token").inner_text()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    codes = re.findall(r"\d{8}", page.locator("pre").inner_text())
    assert len(codes) == 10
    page.context.clear_cookies()
    sign_in(page, live_server)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live_server.url}/")
    assert Authenticator.objects.filter(user=firm.frank).count() == 2
    page.goto(f"{live_server.url}/session/factors/totp/deactivate/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")


def test_the_pages_that_come_by_mail_or_confirmation(
    context: BrowserContext, live_server: LiveServer, firm: Cast, settings: Settings
) -> None:
    settings.SENDS_MAIL = True
    page = page_of(context)
    for path in ("password/reset/", "password/reset/sent/"):
        page.goto(f"{live_server.url}/session/{path}")
        assert findings_in_every_look(page) == []
    client = Client()
    client.post("/session/login/", {"login": "frank", "password": PASSWORD})
    client.post("/session/confirm/", {"password": PASSWORD})
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
    for path in ("totp/activate/", "webauthn/add/"):
        page.goto(f"{live_server.url}/session/factors/{path}")
        assert findings_in_every_look(page) == []
