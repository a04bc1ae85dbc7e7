"""A department works its list: by keys, by clicks, and with the case beside it (A4, A8, F2, F4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Status
from heliodesk.core import clock
from heliodesk.feed.models import FeedItem
from tests.browser.looks import at_a_glance
from tests.browser.profiles import SignIn
from tests.cast import Cast, assignment, case

LIST = "/departments/sales/"


def asked(firm: Cast, hours: int, **fields: Any) -> CaseAssignment:
    """What Sales was asked so many hours ago, on a case of its own, which waits on it."""
    at = clock.now() - timedelta(hours=hours)
    made = case(firm, created_at=at, status=Status.INTERNAL_REFERRAL)
    return assignment(firm, made, **fields)


def row(page: Page, one: CaseAssignment) -> Locator:
    return page.locator("[data-row]").filter(has_text=str(one))


def active(page: Page) -> Locator:
    return page.locator("[data-row][data-active]")


def test_the_keys_walk_accept_and_complete_and_one_stays_at_the_next_row(
    as_: SignIn, firm: Cast
) -> None:
    late, first, second, third = asked(firm, 60), asked(firm, 9), asked(firm, 8), asked(firm, 7)
    page = as_(firm.dora, LIST)
    expect(row(page, late)).to_contain_text("Overdue")
    page.keyboard.press("a")  # on no row: nothing happens
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(active(page)).to_contain_text(str(first))
    page.keyboard.press("a")
    expect(row(page, first)).to_contain_text("Accepted")
    expect(active(page)).to_contain_text(str(second))
    page.keyboard.press("k")
    expect(active(page)).to_contain_text(str(first))
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name=f"Complete {first}")
    dialog.get_by_label("Resolution").fill("The credit is on the next bill.")
    dialog.get_by_role("button", name="Complete").click()
    expect(row(page, first)).to_have_count(0)
    expect(active(page)).to_contain_text(str(second))
    assert "/departments/sales/" in page.url
    late.refresh_from_db()
    first.refresh_from_db()
    third.refresh_from_db()
    assert (late.status, first.status, third.status) == ("open", "completed", "open")
    assert first.outcome == "The credit is on the next bill."
    assert first.case.status == Status.AWAITING_SUPPORT


def test_what_is_missing_is_said_in_the_dialog_and_nothing_typed_is_lost(
    as_: SignIn, firm: Cast
) -> None:
    one = asked(firm, 9)
    page = as_(firm.dora, LIST)
    row(page, one).get_by_label(f"More for {one}").click()
    row(page, one).get_by_role("link", name="Reject").click()
    dialog = page.get_by_role("dialog", name=f"Reject {one}")
    dialog.get_by_role("button", name="Reject").click()
    expect(dialog).to_contain_text("A4")
    dialog.get_by_label("Reason").fill("Legal's to decide.")
    expect(dialog.get_by_text("Draft saved")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("d")
    expect(page.get_by_label("Reason")).to_have_value("Legal's to decide.")
    page.get_by_role("dialog").get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Nothing is asked", exact=True).first).to_be_visible()
    page.get_by_role("link", name="Ended").click()
    expect(row(page, one)).to_contain_text("Rejected")


def test_the_second_of_two_who_accept_is_told_who_has_it(as_: SignIn, firm: Cast) -> None:
    one = asked(firm, 9)
    page = as_(firm.dora, LIST)
    CaseAssignment.objects.filter(pk=one.pk).update(
        status="accepted", assignee=firm.sue, accepted_at=clock.now()
    )
    row(page, one).get_by_role("button", name="Accept").click()
    expect(page.get_by_role("alert")).to_contain_text(f"{firm.sue.name} has accepted {one}")
    page.reload()
    row(page, one).get_by_role("button", name="Take over").click()
    expect(row(page, one)).to_contain_text(firm.dora.name)


def test_the_case_stands_beside_the_assignment_to_be_read_and_talked_about(
    as_: SignIn, firm: Cast
) -> None:
    one = asked(firm, 9)
    page = as_(firm.dora, LIST)
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(firm.sales_reason.name)
    there = page.url
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("link", name="Complete", exact=True)).to_be_visible()
    page.get_by_label("Post to the feed").fill("Which month was it?")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#feed")).to_contain_text("Which month was it?")
    assert page.url.split("#")[0] == there
    page.get_by_role("link", name="Reply to Dora Tester").first.click()
    page.get_by_role("dialog").get_by_role("textbox").fill("October, I see.")
    page.get_by_role("dialog").get_by_role("button", name="Reply").click()
    expect(page.locator(".replies")).to_contain_text("October, I see.")
    assert page.url.split("?")[0] == there
    assert FeedItem.objects.filter(case=one.case, kind="post").count() == 2
    page.get_by_role("link", name="The case", exact=True).click()
    expect(page.get_by_text("Autopay was charged twice in October.")).to_be_visible()
    page.get_by_role("link", name="Files", exact=True).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "bill.txt", "mimeType": "text/plain", "buffer": b"twice"}
    )
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("link", name="bill.txt")).to_be_visible()
    assert page.url.split("?")[0] == there


def test_on_the_case_itself_the_department_s_next_step_is_on_top(as_: SignIn, firm: Cast) -> None:
    one = asked(firm, 9)
    page = as_(firm.dora, one.case.get_absolute_url())
    top = page.locator(".highlights .actions")
    expect(top).not_to_contain_text("Change Owner")
    page.keyboard.press("a")
    expect(top.get_by_role("link", name="Complete", exact=True)).to_have_class(
        "button button--primary"
    )
    page.set_viewport_size({"width": 390, "height": 844})
    release = top.get_by_role("button", name="Release")
    expect(release).to_be_hidden()
    more = top.get_by_role("button", name="More actions")
    more.press("Enter")
    expect(release).to_be_visible()
    assert at_a_glance(page, "#more-acts") == []
    page.keyboard.press("Escape")
    expect(release).to_be_hidden()
    expect(more).to_be_focused()
    more.click()
    release.click()
    expect(top.get_by_role("button", name="Accept")).to_be_visible()
    assert page.url.split("?")[0].endswith(one.case.get_absolute_url())
