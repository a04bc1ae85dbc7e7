"""Two people who edit one case, field by field, where each stands (K2)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from heliodesk.cases.models import Priority
from heliodesk.cases.rules.editing import edit_case
from tests import cast
from tests.browser.profiles import SignIn
from tests.cast import Cast, actor

pytestmark = pytest.mark.xdist_group("live")  # one process starts the desk


def detail(page: Page, field: str) -> Locator:
    """A detail of the case."""
    return page.locator(f"[data-field={field}]")


def value(page: Page, field: str) -> Locator:
    """What stands in it."""
    return detail(page, field).locator("dd").first


def open_(page: Page, field: str, control: str) -> Locator:
    """Its control, after a click on what stands there."""
    value(page, field).click()
    found = detail(page, field).locator(control).first
    expect(found).to_be_visible()
    return found


def test_two_people_edit_one_case(live_as: SignIn, firm: Cast) -> None:
    case = cast.case(firm)
    frank = live_as(firm.frank, case.get_absolute_url())
    sue = live_as(firm.sue, case.get_absolute_url())

    # Different fields both stand; each sees at once what the other has open, and what came of it.
    words = open_(frank, "description", "textarea")
    expect(words).to_be_focused()
    expect(detail(sue, "description")).to_contain_text("Frank Tester is editing this")
    words.fill("Frank's words.")
    open_(sue, "priority", ".segments").get_by_text("High").click()
    expect(value(sue, "priority")).to_have_text("High")
    expect(value(frank, "priority")).to_have_text("High")
    expect(detail(frank, "priority")).to_have_class("fact fact--changed")
    expect(words).to_have_value("Frank's words.")
    expect(words).to_be_focused()

    # The same field: a note at once, and before saving what it was, theirs and mine.
    open_(sue, "description", "textarea").fill("Sue's words.")
    frank.keyboard.press("Control+Enter")
    expect(value(frank, "description")).to_have_text("Frank's words.")
    expect(detail(frank, "description").get_by_role("link")).to_be_focused()
    expect(detail(sue, "description")).not_to_contain_text("is editing this")
    expect(sue.locator(".fact__under")).to_contain_text("Frank Tester changed this to “Frank's")
    sue.keyboard.press("Control+Enter")
    panel = sue.locator(".collision")
    for part in ("Autopay was charged twice", "Frank's words.", "Sue's words."):
        expect(panel).to_contain_text(part)
    expect(detail(sue, "description").locator("textarea")).to_have_value("Sue's words.")
    sue.get_by_role("button", name="Save mine").click()
    expect(value(sue, "description")).to_have_text("Sue's words.")
    expect(value(frank, "description")).to_have_text("Sue's words.")
    case.refresh_from_db()
    assert (case.description, case.priority) == ("Sue's words.", Priority.HIGH)


def test_by_keys_alone_and_without_live_updates(as_: SignIn, firm: Cast, faults: list[str]) -> None:
    case = cast.case(firm)
    page = as_(firm.frank, case.get_absolute_url())
    detail(page, "request_type").get_by_role("link").focus()
    page.keyboard.press("e")
    expect(detail(page, "request_type").locator("select").first).to_be_focused()
    page.keyboard.press("Tab")  # to the subtype, and on to what comes after both
    page.keyboard.press("Tab")
    expect(detail(page, "priority").locator("input:checked")).to_be_focused()
    page.keyboard.press("ArrowRight" if case.priority == Priority.HIGH else "ArrowLeft")
    page.keyboard.press("Tab")
    expect(value(page, "priority")).to_have_text("High")
    expect(detail(page, "source").locator("select")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".fact__editor")).to_have_count(0)
    expect(page.locator("#feed")).to_contain_text("changed Priority")

    # What one leaves by Escape can be taken up again.
    words = open_(page, "description", "textarea")
    words.fill("Typed and left.")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Go on typing").press("Enter")
    expect(detail(page, "description").locator("textarea")).to_have_value("Typed and left.")

    # Another's change is shown before it is saved over, and too long a text stays in its place.
    edit_case(case, changes={"description": "Sue's words."}, seen={}, by=actor(firm.sue))
    page.keyboard.press("Control+Enter")
    expect(page.locator(".collision")).to_contain_text("Sue's words.")
    page.get_by_role("button", name="Take theirs").click()
    expect(value(page, "description")).to_have_text("Sue's words.")
    open_(page, "description", "textarea").fill("x" * 50_001)
    page.keyboard.press("Control+Enter")
    expect(detail(page, "description").locator(".field__error")).to_be_visible()
    page.keyboard.press("Escape")
    faults.clear()  # the browser says in its console that two forms were refused


def test_who_may_not_edit_is_told_why_where_they_try(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.fiona, cast.case(firm).get_absolute_url())
    expect(page.locator("[data-details] [data-edit]")).to_have_count(0)
    value(page, "source").dblclick()
    expect(detail(page, "source")).to_contain_text("Only the case owner or a supervisor")
    expect(detail(page, "source").get_by_role("link", name="K7")).to_be_visible()
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_focused()
