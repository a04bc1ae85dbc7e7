"""Pages in a real Chromium, against Django's own server on loopback.

A page that breaks the Content Security Policy, throws, or cannot load a part of itself fails the
test that opened it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from heliodesk.people.models import User
from heliodesk.worklists.queries import names
from tests import kept
from tests.browser.profiles import PATIENCE, Profiles, SignIn, settled, sign_in
from tests.browser.serving import Served
from tests.cast import Cast, make_cast
from tests.standing import Standing

#: The first is the second without windows: a page costs it three quarters. Another: CHROMIUM=…
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that `-m browser` and `-m "not browser"` know it."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium(standing: Standing, django_db_blocker: DjangoDbBlocker) -> Iterator[Browser]:
    """One Chromium for the whole run. While it is there, Django takes this thread for another one
    with connections of its own: what stands in a transaction ends before and after."""
    asked = os.environ.get("CHROMIUM")
    program = next(filter(None, map(shutil.which, [asked] if asked else PROGRAMS)), None)
    assert program, "Chromium is missing: install the package `chromium-headless-shell`"
    with django_db_blocker.unblock():
        standing.leave()
    # Playwright's loop runs in this thread, and Django would forbid the tests their queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        with django_db_blocker.unblock():
            standing.leave()
        browser.close()


@pytest.fixture
def firm(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The whole cast, committed, so that the server sees it."""
    # What the server remembers of the queues is of the test before.
    monkeypatch.setattr(names, "_kept", names.Names())
    return kept.insert(make_cast)


@pytest.fixture(scope="session")
def shared_profiles(chromium: Browser) -> Profiles:
    """The profiles of the whole run."""
    return Profiles(chromium)


@pytest.fixture
def faults(shared_profiles: Profiles) -> list[str]:
    """What went wrong in the pages of this test; a test may expect some and clear it."""
    shared_profiles.faults.clear()
    return shared_profiles.faults


@pytest.fixture
def profiles(shared_profiles: Profiles, faults: list[str]) -> Iterator[Profiles]:
    """Browser profiles for this test; at its end nothing may have gone wrong in a page."""
    yield shared_profiles
    shared_profiles.clear()
    assert faults == []


@pytest.fixture
def context(profiles: Profiles) -> BrowserContext:
    """The browser profile of the first who signs in."""
    return profiles.nth(0)


@pytest.fixture
def as_(profiles: Profiles, live_server: LiveServer) -> SignIn:
    """A page in which somebody is signed in, at a path; everybody has a browser of their own."""

    def open_as(user: User, path: str = "/guide/") -> Page:
        page = sign_in(profiles.of(user), user, live_server)
        page.goto(live_server.url + path)
        settled(page)
        return page

    return open_as


@pytest.fixture(scope="session")
def shared_desk(standing: Standing, django_db_blocker: DjangoDbBlocker) -> Iterator[Served]:
    """The desk, served with live updates, for the whole run: it takes seconds to start."""
    served = Served()
    with django_db_blocker.unblock(), standing.without():
        served.start()
    yield served
    served.kill()


@pytest.fixture
def desk(firm: Cast, shared_desk: Served) -> Served:
    """The desk, served with live updates, as it stands after the cast has come."""
    if shared_desk.process is None:  # a test has killed it
        shared_desk.start()
    return shared_desk


@pytest.fixture
def live_as(desk: Served, profiles: Profiles) -> SignIn:
    """A page in which somebody is signed in, and to which the stream is open."""

    def open_as(user: User, path: str = "/") -> Page:
        page = sign_in(profiles.of(user), user, desk)  # type: ignore[arg-type]
        page.goto(desk.url + path)
        expect(page.locator("html[data-live]")).to_be_attached()
        settled(page)
        return page

    return open_as
