"""Talking about a case in its feed, clicked through (C1 to C5)."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Page, expect

from heliodesk.core import clock
from heliodesk.feed import kinds
from heliodesk.feed.models import FeedItem
from heliodesk.feed.rules.posts import post
from tests.browser.profiles import SignIn
from tests.cast import Cast, actor, case


def say(page: Page, words: str) -> None:
    """Post on the case that the page shows."""
    page.get_by_label("Post to the feed").fill(words)
    page.get_by_role("button", name="Post", exact=True).click()


def test_a_mention_rings_a_bell_that_leads_to_the_very_post(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    for number in range(60):
        post(made, body=f"Called the bank, attempt {number}.", by=actor(firm.fiona))
    page = as_(firm.frank, made.get_absolute_url())
    composer = page.get_by_label("Post to the feed")
    composer.press_sequentially("Please look at the meter @bea", delay=20)
    page.get_by_role("option", name=firm.bea.name).click()
    page.keyboard.press("Control+Enter")
    mine = page.locator("#feed article").filter(has_text="Please look at the meter")
    expect(mine).to_contain_text(firm.bea.name)
    expect(composer).to_have_value("")
    for number in range(60):
        post(made, body=f"Later word {number}.", by=actor(firm.fiona))

    bea = as_(firm.bea, "/")
    bea.get_by_role("link", name="Notices, 1 unread").click()
    bea.locator(".notice").filter(has_text="Please look at the meter").click()
    target = bea.locator("#feed article").filter(has_text="Please look at the meter")
    expect(target).to_be_in_viewport()
    expect(bea.get_by_role("link", name="Notices, 0 unread")).to_be_visible()


def test_a_reply_stands_under_the_post_and_tells_its_author(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    post(made, body="Is the meter read?", by=actor(firm.bea))
    page = as_(firm.frank, made.get_absolute_url())
    page.get_by_role("link", name="Reply to").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Yes, on Monday.")
    dialog.get_by_role("button", name="Reply").click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".replies").get_by_text("Yes, on Monday.")).to_be_visible()
    bell = as_(firm.bea, "/")
    expect(bell.get_by_role("link", name="Notices, 1 unread")).to_be_visible()


def test_ones_own_post_is_edited_and_deleted_for_a_quarter_of_an_hour(
    as_: SignIn, firm: Cast
) -> None:
    page = as_(firm.frank, case(firm).get_absolute_url())
    say(page, "The meter is red.")
    mine = page.locator("#feed article[data-feed=post]")
    mine.get_by_role("link", name="Edit this post").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_have_value("The meter is red.")
    dialog.get_by_role("textbox").fill("The meter is read.")
    dialog.get_by_role("button", name="Save").click()
    expect(mine).to_contain_text("The meter is read.")
    expect(mine).to_contain_text("edited")
    mine.get_by_role("link", name="Delete this post").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(mine).to_contain_text("was deleted by its author")
    expect(mine).not_to_contain_text("The meter is read.")


def test_later_a_post_stays_as_it_is(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    FeedItem.objects.create(
        case=made,
        kind=kinds.POST.code,
        author=firm.frank,
        at=clock.now() - timedelta(minutes=16),
        body="Settled.",
        body_html="<p>Settled.</p>",
        data={},
    )
    page = as_(firm.frank, made.get_absolute_url())
    expect(page.get_by_text("Settled.")).to_be_visible()
    expect(page.get_by_role("link", name="Edit this post")).to_have_count(0)


def test_what_happened_can_be_filtered_out(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.frank, made.get_absolute_url())
    page.get_by_role("button", name="Awaiting Customer Response").click()
    expect(page.locator("#feed")).to_contain_text("changed the status")
    say(page, "She sends the bill tomorrow.")
    expect(page.locator("#feed")).to_contain_text("She sends the bill tomorrow.")
    page.get_by_role("navigation", name="What the feed shows").get_by_role(
        "link", name="Posts"
    ).click()
    expect(page.locator("#feed")).not_to_contain_text("changed the status")
    expect(page.locator("#feed")).to_contain_text("She sends the bill tomorrow.")


def test_markup_that_somebody_posts_is_only_text(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, case(firm).get_absolute_url())
    say(page, "<img src=x onerror=alert(1)> **urgent** https://example.com/bill")
    mine = page.locator("#feed article[data-feed=post]")
    expect(mine.locator("strong", has_text="urgent")).to_be_visible()
    expect(mine).to_contain_text("<img src=x onerror=alert(1)>")
    expect(mine.locator("img")).to_have_count(0)
    expect(mine.get_by_role("link", name="https://example.com/bill")).to_be_visible()
