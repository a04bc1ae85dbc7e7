"""Two open cases for one issue become one, by pressing and never by typing a number (X7)."""

from __future__ import annotations

from playwright.sync_api import expect

from heliodesk.cases.models import Priority
from heliodesk.cases.rules.merging import merge_cases
from heliodesk.drafts.keep import keep
from heliodesk.feed.rules.posts import post
from tests.browser.looks import findings_in_every_look
from tests.browser.profiles import SignIn
from tests.cast import Cast, actor, case


def test_one_sees_what_moves_merges_and_takes_it_back(as_: SignIn, firm: Cast) -> None:
    gone = case(firm, priority=Priority.HIGH)
    stays = case(firm, owner_agent=firm.bea)
    post(gone, body="They called again.", by=actor(firm.frank))
    page = as_(firm.frank, f"{gone.get_absolute_url()}?tab=related")
    page.get_by_role("link", name="Merge with another case").click()
    expect(page.get_by_role("radio", name=stays.display_number).first).to_be_checked()
    assert findings_in_every_look(page) == []
    page.get_by_role("button", name="See what moves").click()
    expect(page.get_by_text("What moves to")).to_be_visible()
    assert findings_in_every_look(page) == []
    page.get_by_role("button", name="Merge", exact=True).click()
    page.wait_for_url(f"**{stays.get_absolute_url()}**")
    expect(page.locator("#feed")).to_contain_text("They called again.")
    expect(page.locator(".highlights")).to_contain_text("High")
    said = page.get_by_role("status").filter(has_text="it can be undone there")
    said.get_by_role("link", name=gone.display_number).click()
    closed = page.locator(".note").filter(has_text="Closed: Duplicate")
    expect(closed.get_by_role("link", name=stays.display_number)).to_be_visible()
    page.get_by_role("link", name="Undo merge").click()
    page.get_by_role("button", name="Undo merge").click()
    expect(page.locator("#feed")).to_contain_text("They called again.")
    expect(page.locator(".path [aria-current=step]")).to_have_text("New")


def test_without_another_open_case_it_says_so(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"{case(firm).get_absolute_url()}merge/new/")
    expect(page.get_by_text("No other open case", exact=True)).to_be_visible()


def test_what_was_typed_on_the_duplicate_is_sent_from_the_surviving_case(
    as_: SignIn, firm: Cast
) -> None:
    gone, stays = case(firm), case(firm, owner_agent=firm.bea)
    page = as_(firm.frank, gone.get_absolute_url())
    page.get_by_label("Post to the feed").fill("The bank called back")
    expect(page.locator("[data-draft-note]").first).to_have_text("Draft saved")
    merge_cases(gone, into=stays, by=actor(firm.bea))
    page.goto(page.url.split("/cases/")[0] + stays.get_absolute_url())
    page.get_by_label("Post to the feed").fill("Mine here")
    left = page.get_by_label(f"Typed on {gone.display_number}")
    expect(left).to_have_value("The bank called back")
    assert findings_in_every_look(page) == []
    left.press("End")
    left.press_sequentially(" today")
    expect(page.locator("[data-draft-note]", has_text="Draft saved")).to_have_count(2)
    left.press("Control+Enter")
    expect(page.locator("#feed .feed__item").first).to_contain_text("The bank called back today")
    expect(left).to_have_count(0)
    expect(page.get_by_label("Post to the feed")).to_have_value("Mine here")
    page.reload()
    expect(left).to_have_count(0)
    expect(page.get_by_label("Post to the feed")).to_have_value("Mine here")


def test_discarding_it_leaves_the_rest_of_what_is_being_typed(as_: SignIn, firm: Cast) -> None:
    gone, stays = case(firm), case(firm, owner_agent=firm.bea)
    keep(f"case/{gone.number}/post", {"body": "Old thought"}, by=actor(firm.frank))
    merge_cases(gone, into=stays, by=actor(firm.bea))
    page = as_(firm.frank, stays.get_absolute_url())
    page.get_by_label("Post to the feed").fill("Mine here")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("The text was discarded.")).to_be_visible()
    expect(page.get_by_text("Old thought")).to_have_count(0)
    expect(page.get_by_label("Post to the feed")).to_have_value("Mine here")
    page.reload()
    expect(page.get_by_label(f"Typed on {gone.display_number}")).to_have_count(0)
