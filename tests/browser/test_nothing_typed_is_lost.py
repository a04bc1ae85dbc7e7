"""Nothing typed is lost: not by a reload, an expired sign-in, or a refused save (C5)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from heliodesk.drafts.models import Draft
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.browser.profiles import Profiles, SignIn, sign_in
from tests.cast import Cast

WORDS = "The bank confirmed that both charges are reversed."


def composer(page: Page) -> Locator:
    """The box for a post."""
    return page.locator("#post")


def test_a_reload_brings_it_back(as_: SignIn, firm: Cast, live_server: LiveServer) -> None:
    case = cast.case(firm)
    page = as_(firm.frank, case.get_absolute_url())
    composer(page).press_sequentially(WORDS)
    expect(page.locator(".composer [data-draft-note]")).to_have_text("Draft saved")
    page.reload()
    expect(composer(page)).to_have_value(WORDS)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".feed__item--post .feed__text")).to_have_text(WORDS)
    expect(composer(page)).to_have_value("")
    page.reload()
    expect(composer(page)).to_have_value("")


def test_a_refused_save_keeps_it_in_the_box(
    as_: SignIn, firm: Cast, live_server: LiveServer
) -> None:
    case = cast.case(firm)
    page = as_(firm.frank, case.get_absolute_url())
    composer(page).fill(f"@oscar {WORDS}")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".composer [data-refusal]")).to_contain_text("may not see this case")
    expect(composer(page)).to_have_value(f"@oscar {WORDS}")
    composer(page).fill(WORDS)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".feed__item--post .feed__text")).to_have_text(WORDS)
    assert FeedItem.objects.count() == 1


def test_an_expired_sign_in_leaves_the_page_as_it_is(
    as_: SignIn, firm: Cast, live_server: LiveServer, profiles: Profiles
) -> None:
    case = cast.case(firm)
    page = as_(firm.frank, case.get_absolute_url())
    composer(page).press_sequentially(WORDS)
    Session.objects.all().delete()
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_text("Your sign-in has ended")).to_be_visible()
    sign_in(profiles.of(firm.frank), firm.frank, live_server).close()
    page.get_by_role("button", name="I have signed in").click()
    expect(composer(page)).to_have_value(WORDS)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".feed__item--post .feed__text")).to_have_text(WORDS)


def test_signed_in_anew_in_another_tab_one_sends_it_again(
    as_: SignIn, firm: Cast, live_server: LiveServer, profiles: Profiles
) -> None:
    case = cast.case(firm)
    page = as_(firm.frank, case.get_absolute_url())
    composer(page).fill(WORDS)
    # Each sign-in has a token of its own; the forms of the page hold the earlier one's.
    page.context.add_cookies(
        [{"name": settings.CSRF_COOKIE_NAME, "value": "a" * 32, "url": live_server.url}]
    )
    sign_in(profiles.of(firm.frank), firm.bea, live_server).close()
    post = page.get_by_role("button", name="Post", exact=True)
    post.click()
    expect(page.locator("#toasts")).to_contain_text("Somebody else is signed in by now")
    sign_in(profiles.of(firm.frank), firm.frank, live_server).close()
    post.click()
    expect(page.locator("#toasts")).to_contain_text("signed in anew since this page came")
    expect(composer(page)).to_have_value(WORDS)
    assert not FeedItem.objects.exists()
    post.click()
    expect(page.locator(".feed__item--post .feed__text")).to_have_text(WORDS)


def test_a_page_left_after_the_sign_in_ended_still_brings_it_back(
    as_: SignIn, firm: Cast, live_server: LiveServer, profiles: Profiles
) -> None:
    case = cast.case(firm)
    page = as_(firm.frank, case.get_absolute_url())
    Session.objects.all().delete()
    composer(page).press_sequentially(WORDS)
    expect(page.locator(".composer [data-draft-note]")).to_have_text("Draft kept in this browser")
    assert not Draft.objects.exists()
    page.close()
    again = sign_in(profiles.of(firm.frank), firm.frank, live_server)
    again.goto(live_server.url + case.get_absolute_url())
    expect(composer(again)).to_have_value(WORDS)
    expect(again.locator(".composer [data-draft-note]")).to_have_text("Draft saved")
    assert Draft.objects.get().data["body"] == WORDS


def test_somebody_else_at_the_same_browser_does_not_get_it(
    as_: SignIn, firm: Cast, live_server: LiveServer, profiles: Profiles
) -> None:
    case = cast.case(firm)
    page = as_(firm.frank, case.get_absolute_url())
    Session.objects.all().delete()
    composer(page).press_sequentially(WORDS)
    expect(page.locator(".composer [data-draft-note]")).to_have_text("Draft kept in this browser")
    page.close()
    other = sign_in(profiles.of(firm.frank), firm.bea, live_server)
    other.goto(live_server.url + case.get_absolute_url())
    expect(composer(other)).to_have_value("")
