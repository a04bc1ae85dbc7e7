"""Browser profiles that the tests of a run share: a new one costs a second, a used one nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from heliodesk.people.models import User

SignIn = Callable[..., Page]  # somebody, and the path to open
PATIENCE = 20_000  # milliseconds
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


class Profiles:
    """Profiles with the same settings, used again after a test; each person of a test has one."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.faults: list[str] = []
        self.shared: list[BrowserContext] = []
        self.own: list[BrowserContext] = []
        self.of_person: dict[int, BrowserContext] = {}

    def of(self, user: User) -> BrowserContext:
        """The profile of somebody in this test: two people never share one."""
        if user.pk not in self.of_person:
            self.of_person[user.pk] = self.nth(len(self.of_person))
        return self.of_person[user.pk]

    def nth(self, number: int) -> BrowserContext:
        """A shared profile, made when it is first asked for."""
        while len(self.shared) <= number:
            self.shared.append(self._make(**DESKTOP))
        return self.shared[number]

    def special(self, **options: Any) -> BrowserContext:
        """A profile of its own, such as one without JavaScript; it goes when the test ends."""
        self.own.append(self._make(**(DESKTOP | options)))
        return self.own[-1]

    def clear(self) -> None:
        """Leave nothing of a test behind but what the pages are made of."""
        for profile in self.shared:
            for page in profile.pages:
                if page.url.startswith("http"):
                    page.evaluate("localStorage.clear()")
                page.close()
            profile.clear_cookies()
        for profile in self.own:
            profile.close()
        self.own.clear()
        self.of_person.clear()

    def _make(self, **options: Any) -> BrowserContext:
        made = self.browser.new_context(**options)
        made.set_default_timeout(PATIENCE)
        made.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        made.on("console", self._hear)
        return made

    def _hear(self, line: ConsoleMessage) -> None:
        """Keep what is said as an error; a refusal (4xx) of the desk itself is none."""
        refused = "the server responded with a status of 4" in line.text
        if line.type == "error" and not (refused and "/static/" not in line.location["url"]):
            self.faults.append(f"{line.text} ({line.location['url']})")


def sign_in(profile: BrowserContext, user: User, server: LiveServer) -> Page:
    """A page of the profile in which somebody is signed in, without the way through the form."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    profile.add_cookies([{"name": name, "value": value, "url": server.url}])
    return profile.new_page()
