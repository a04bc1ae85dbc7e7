"""Browser profiles that the tests of a run share, each with its page: a new profile costs Chromium
four seconds of CPU, a new page one, a used one nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from heliodesk.people.models import User

SignIn = Callable[..., Page]  # somebody, and the path to open
#: Milliseconds. Nothing waits so long but what fails: a page may be late on a busy machine.
PATIENCE = 60_000
CLEAR = "localStorage.clear(); sessionStorage.clear()"
LEAVE = "location.replace('about:blank')"
#: What moves is decoration, and asked for less of it the desk shows the same at once: Playwright
#: clicks on nothing that still moves.
DESKTOP: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 800},
    "reduced_motion": "reduce",
}


def settled(page: Page) -> None:
    """Wait until every module that the page needs is there: what is pressed before is lost."""
    expect(page.locator("html:not([data-coming])")).to_be_attached()


class Profiles:
    """Profiles that are used again after a test; each person of a test has one."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.faults: list[str] = []
        self.shared: list[BrowserContext] = []
        self.others: dict[str, list[BrowserContext]] = {}
        self.taken: list[BrowserContext] = []
        self.of_person: dict[int, BrowserContext] = {}
        self.spoilt: set[Page] = set()

    def spoil(self, page: Page) -> None:
        """A test gives the page what would outlast it, such as a route: no other test gets it."""
        self.spoilt.add(page)

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
        """A profile with other settings, such as one without JavaScript; no other call in this
        test gets it."""
        alike = self.others.setdefault(str(sorted(options.items())), [])
        free = [profile for profile in alike if profile not in self.taken]
        if not free:
            free = [self._make(**(DESKTOP | options))]
            alike += free
        self.taken.append(free[0])
        return free[0]

    def clear(self) -> None:
        """Leave nothing of a test behind but what the pages are made of."""
        for profile in (*self.shared, *self.taken):
            self._leave_one_page(profile)
            profile.clear_cookies()
        self.taken.clear()
        self.of_person.clear()
        self.spoilt.clear()

    def _leave_one_page(self, profile: BrowserContext) -> None:
        scripts = profile in self.shared
        clean = [page for page in profile.pages if page not in self.spoilt][:1]
        for page in profile.pages:
            if scripts and page.url.startswith("http"):
                page.evaluate(CLEAR)
            if page in clean:
                self._empty(page, scripts=scripts)
            else:
                page.close()

    def _empty(self, page: Page, *, scripts: bool) -> None:
        """Leave the page and its look. The page itself goes: where Playwright leads the way,
        Chromium starts another process for the page to come, for a second of CPU."""
        if scripts and page.url.startswith("http"):
            page.evaluate(LEAVE)
            page.wait_for_url("about:blank")
        else:
            page.goto("about:blank")
        if page.viewport_size != DESKTOP["viewport"]:
            page.set_viewport_size(DESKTOP["viewport"])
        page.emulate_media(media="null", color_scheme="null", reduced_motion="reduce")

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
    return page_of(profile)


def page_of(profile: BrowserContext) -> Page:
    """The page that the test before has left, and a new one where it is in use."""
    idle = [page for page in profile.pages if page.url == "about:blank"]
    return idle[0] if idle else profile.new_page()
