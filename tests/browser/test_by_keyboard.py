"""A case from the queue to closed, reopened and merged, and no hand on the mouse."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from heliodesk.cases.models import Case, Status
from heliodesk.feed.rules.posts import post
from tests.browser.profiles import SignIn
from tests.cast import Cast, actor, case

FOCUSED = "e => (e.getAttribute('aria-label') || e.textContent || '').replace(/\\s+/g, ' ').trim()"
FARTHEST = 80  # stops


def reach(page: Page, name: str) -> None:
    """Tab on until what is called so has the focus, which shows there."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        here = page.locator(":focus")
        if here.count() and here.evaluate(FOCUSED) == name:
            assert here.evaluate("e => getComputedStyle(e).outlineStyle") != "none", name
            return
    raise AssertionError(f"Tab does not lead to {name!r}")


def keys(page: Page, *pressed: str) -> None:
    """Press keys, one after the other."""
    for key in pressed:
        page.keyboard.press(key)


def status_of(made: Case) -> str:
    made.refresh_from_db()
    return str(made.status)


def test_a_case_from_the_queue_to_the_end(as_: SignIn, firm: Cast) -> None:
    made = case(firm, owner_queue=firm.homeowner_queue)
    other = case(firm, owner_agent=firm.bea)
    page = as_(firm.bea, "/")
    keys(page, "g", "q")
    expect(page.get_by_role("heading", level=1)).to_have_text("Queues")
    expect(page).to_have_title("Queues – Heliodesk")
    page.get_by_role("main").get_by_role("link", name="Homeowner").first.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(1)
    keys(page, "j", "t")
    expect(page.locator("[data-row]")).to_have_count(0)
    page.goto(page.url.split("/queues/")[0] + made.get_absolute_url())

    keys(page, "r")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    keys(page, "Control+a")
    page.keyboard.type("Waits for the bank.")
    keys(page, "Control+Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator("#feed")).to_contain_text("Waits for the bank.")

    page.locator("#post").focus()
    page.keyboard.type("@frank")
    expect(page.get_by_role("option").first).to_be_visible()
    keys(page, "ArrowDown", "Enter")
    page.keyboard.type("see this")
    keys(page, "Control+Enter")
    expect(page.locator("#feed")).to_contain_text("see this")

    page.locator("#main").focus()
    keys(page, "c")
    expect(dialog.get_by_label("Closed Reason")).to_be_focused()
    page.keyboard.type("Resolved")
    reach(page, "Close case")
    keys(page, "Enter")
    expect(page.locator(".note").filter(has_text="Closed: Resolved")).to_be_visible()
    assert status_of(made) == Status.CLOSED

    page.locator("#main").focus()
    keys(page, "o")
    expect(dialog).to_be_visible()
    reach(page, "Reopen")
    keys(page, "Enter")
    expect(page.locator(".path [aria-current=step]")).to_have_text("Awaiting Customer Support")

    page.locator("#main").focus()
    keys(page, "m")
    expect(page.get_by_role("radio", name=other.display_number).first).to_be_checked()
    reach(page, "See what moves")
    keys(page, "Enter")
    expect(page.get_by_text("What moves to")).to_be_visible()
    reach(page, "Merge")
    keys(page, "Enter")
    page.wait_for_url(f"**{other.get_absolute_url()}**")
    assert status_of(made) == Status.CLOSED


def test_the_bell_and_the_menu_give_the_focus_back(as_: SignIn, firm: Cast) -> None:
    post(case(firm), body="@bea look", by=actor(firm.frank))
    page = as_(firm.bea, "/")
    bell = page.get_by_role("link", name="Notices, 1 unread")
    bell.press("Enter")
    panel = page.get_by_role("dialog", name="Notices")
    expect(panel.locator(":focus")).to_have_count(1)
    keys(page, "Escape")
    expect(panel).to_have_count(0)
    expect(bell).to_be_focused()


def test_the_status_goes_there_and_back_by_a_key_but_never_from_new(
    as_: SignIn, firm: Cast
) -> None:
    made = case(firm, owner_agent=firm.bea, status=Status.AWAITING_SUPPORT)
    page = as_(firm.bea, made.get_absolute_url())
    for then in ("Awaiting Customer Response", "Awaiting Customer Support"):
        keys(page, "s")
        expect(page.locator("[aria-current=step]")).to_have_text(then)
    assert status_of(made) == Status.AWAITING_SUPPORT
    new = case(firm, owner_agent=firm.bea)
    page.goto(page.url.replace(made.display_number, new.display_number))
    expect(
        page.get_by_role("button", name="Set status: Awaiting Customer Response")
    ).to_be_visible()
    expect(page.locator("[data-key=s]")).to_have_count(0)
