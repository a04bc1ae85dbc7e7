"""Pages in a real Chromium, against Django's own server on loopback.

A page that breaks the Content Security Policy, throws, or cannot load a part of itself fails the
test that opened it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from heliodesk.people.models import User
from tests.cast import Cast, make_cast

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000  # milliseconds
PASSWORD = "a long enough password"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that `-m browser` and `-m "not browser"` know it."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is missing: install the package `chromium`"
    # Playwright's loop runs in this thread, and Django would forbid the tests their queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def firm(transactional_db: None) -> Cast:
    """The whole cast, committed, so that the server sees it."""
    return make_cast()


@pytest.fixture
def faults() -> list[str]:
    """What went wrong in the pages of this test; a test may expect some and clear it."""
    return []


@pytest.fixture
def context(chromium: Browser, faults: list[str]) -> Iterator[BrowserContext]:
    """A fresh browser profile; at its end nothing may have gone wrong in a page."""
    made = chromium.new_context(viewport={"width": 1280, "height": 800})
    made.set_default_timeout(PATIENCE)
    made.on("weberror", lambda error: faults.append(f"error: {error.error}"))
    made.on(
        "console",
        lambda line: faults.append(f"{line.type}: {line.text}") if line.type == "error" else None,
    )
    yield made
    made.close()
    assert faults == []


@pytest.fixture
def as_(context: BrowserContext, live_server: LiveServer) -> Callable[[User], Page]:
    """A page in which somebody is signed in, through the sign-in page."""

    def sign_in(user: User) -> Page:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        page = context.new_page()
        page.goto(f"{live_server.url}/guide/")
        page.get_by_label("User name or email").fill(user.username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{live_server.url}/guide/")
        return page

    return sign_in
