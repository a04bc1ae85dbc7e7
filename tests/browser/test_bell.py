"""The bell and the feed in a browser (C1, C2)."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from heliodesk.feed.rules.posts import post
from tests import cast
from tests.browser.looks import findings_in_every_look
from tests.browser.profiles import SignIn
from tests.cast import Cast, actor


def test_the_bell_leads_to_the_very_post(as_: SignIn, firm: Cast) -> None:
    case = cast.case(firm)
    item = post(case, body="@frank what about the **meter**?", by=actor(firm.bea))
    for at in range(35):
        post(case, body=f"Later {at}", by=actor(firm.bea))
    page = as_(firm.frank, "/notices/")
    assert findings_in_every_look(page) == []
    page.get_by_role("link", name="Guide", exact=True).click()
    page.get_by_role("link", name="Notices, 1 unread").click()
    panel = page.get_by_role("dialog", name="Notices")
    expect(panel).to_be_visible()
    panel.get_by_role("link", name="mentioned you").click()
    page.wait_for_url(re.compile(rf"item={item.pk}#item-{item.pk}$"))
    expect(page.locator(f"#item-{item.pk}")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Notices, 0 unread")).to_be_visible()


def test_at_proposes_whom_to_mention(as_: SignIn, firm: Cast) -> None:
    case = cast.case(firm)
    page = as_(firm.frank, case.get_absolute_url())
    box = page.locator("#post")
    box.press_sequentially("Please, @be")
    expect(page.get_by_role("option", name="Bea Tester")).to_be_visible()
    page.keyboard.press("Enter")
    expect(box).to_have_value("Please, @bea ")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".feed__item--post .mention")).to_have_text("@Bea Tester")
    page.get_by_role("link", name="Reply").click()
    reply = page.get_by_role("dialog").get_by_role("textbox")
    reply.fill("And @bob too")
    page.get_by_role("dialog").get_by_role("button", name="Reply").click()
    expect(page.locator(".replies .mention")).to_have_text("@Bob Tester")
    assert findings_in_every_look(page) == []
