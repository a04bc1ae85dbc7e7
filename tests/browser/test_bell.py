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


def test_a_case_is_marked_read_in_the_bell_without_leaving_the_page(
    as_: SignIn, firm: Cast
) -> None:
    first, second = cast.case(firm), cast.case(firm)
    for case in (first, second, second):
        post(case, body="@frank look", by=actor(firm.bea))
    page = as_(firm.frank, first.get_absolute_url())
    page.get_by_role("link", name="Notices, 3 unread").click()
    panel = page.get_by_role("dialog", name="Notices")
    cases = panel.get_by_role("region", name="Case")
    expect(cases).to_have_count(2)
    expect(cases.first).to_contain_text("Maria Delgado")
    cases.first.get_by_role("button", name="Mark read").click()
    expect(page.get_by_role("link", name="Notices, 1 unread")).to_be_visible()
    expect(panel.get_by_role("button", name="Mark read")).to_have_count(1)
    assert findings_in_every_look(page) == []
    panel.get_by_role("button", name="Mark all read").click()
    expect(page.get_by_role("link", name="Notices, 0 unread")).to_be_visible()
    assert page.url.endswith(first.get_absolute_url())
    assert findings_in_every_look(page) == []


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
