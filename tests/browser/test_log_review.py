"""Log Review, clicked through (L1 to L6)."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from heliodesk.cases.models import Activity
from tests.browser.profiles import SignIn
from tests.cast import Cast, case

TEMPLATE = "Current Status: \nPending Action Items: \nPending Action Owner: "


def open_review(page: Page) -> None:
    """Press Log Review on the case page."""
    page.get_by_role("link", name="Log Review").click()
    expect(page.get_by_role("dialog", name="Log Review")).to_be_visible()


def test_the_owner_fills_in_the_template_and_finds_it_in_feed_and_activities(
    as_: SignIn, firm: Cast
) -> None:
    made = case(firm)
    page = as_(firm.frank, made.get_absolute_url())
    open_review(page)
    comments = page.get_by_label("Comments")
    expect(comments).to_be_focused()
    expect(comments).to_have_value(TEMPLATE)
    comments.fill(
        "Current Status: Refund promised.\nPending Action Items: Bank.\nPending Action Owner: Frank"
    )
    page.clock.install()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="review")).to_be_visible()
    expect(page.locator("#feed").get_by_text("Refund promised.")).to_be_visible()
    page.get_by_role("navigation", name="Case").get_by_role("link", name="Activity").click()
    row = page.get_by_role("row").filter(has_text="Case Review")
    expect(row).to_contain_text("Completed")
    expect(row).to_contain_text("Refund promised.")
    activity = Activity.objects.get(case=made)
    made.refresh_from_db()
    assert made.last_modified_at == activity.at
    page.clock.run_for(1000)  # what the field tells when the focus leaves it is no new draft
    page.get_by_role("link", name="Log Review").click()
    expect(comments).to_have_value(TEMPLATE)


def test_the_counter_follows_and_a_longer_text_is_refused_and_kept(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, case(firm).get_absolute_url())
    open_review(page)
    comments = page.get_by_label("Comments")
    comments.fill("Waiting for the bank.\n" + "ñ" * 979)
    expect(page.get_by_text("1,001 / 1,000 – 1 too many")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 more than the 1,000")).to_be_visible()
    expect(comments).to_have_value("Waiting for the bank.\n" + "ñ" * 979)
    comments.fill("Waiting for the bank.\n" + "ñ" * 978)
    expect(page.get_by_text("1,000 / 1,000")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert Activity.objects.count() == 1


def test_the_untouched_template_is_refused(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, case(firm).get_absolute_url())
    open_review(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("the untouched template says nothing")).to_be_visible()
    assert not Activity.objects.exists()


def test_a_supervisor_is_told_why_not_and_led_to_the_feed(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.sue, case(firm).get_absolute_url())
    refused = page.get_by_role("button", name="Log Review")
    expect(refused).to_have_attribute("aria-disabled", "true")
    refused.hover()
    why = page.get_by_role("tooltip").filter(has_text="L1")
    expect(why).to_be_visible()
    expect(why).to_contain_text("feed")


def test_a_member_of_the_queue_reviews_a_case_that_waits_in_it(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.bea, case(firm, owner_queue=firm.homeowner_queue).get_absolute_url())
    open_review(page)
    page.get_by_label("Comments").fill("Looked at it; the utility has to answer first.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#feed").get_by_text("the utility has to answer")).to_be_visible()
