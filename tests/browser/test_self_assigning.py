"""Members of a queue take what they work, clicked through (Q3, Q4, Q6)."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from heliodesk.cases.models import Case, Priority, Status
from heliodesk.core import clock
from tests.browser.profiles import SignIn
from tests.cast import Cast, case

QUEUE = "/queues/homeowner/"


def waiting(firm: Cast, hours: int, **fields: object) -> Case:
    """A case that has waited in the homeowner queue for so long."""
    at = clock.now() - timedelta(hours=hours)
    return case(firm, owner_queue=firm.homeowner_queue, created_at=at, **fields)


def numbers(page: Page) -> Locator:
    """The case numbers of the list, from top to bottom."""
    return page.locator("[data-row] td[data-label=Number]")


def test_the_list_stands_in_the_order_of_work_and_sorts_by_any_column(
    as_: SignIn, firm: Cast
) -> None:
    young, old = waiting(firm, 1), waiting(firm, 30)
    high = waiting(firm, 2, priority=Priority.HIGH)
    page = as_(firm.bea, "/")
    page.get_by_role("navigation", name="Desk").get_by_role("link", name="Homeowner").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Back Office Task Queue – Homeowner")
    in_order = [str(one.display_number) for one in (high, old, young)]
    expect(numbers(page)).to_have_text(in_order)
    page.get_by_role("link", name="Number").click()
    expect(page.get_by_role("columnheader", name="Number")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(numbers(page)).to_have_text(sorted(in_order))


def test_a_case_is_taken_from_the_list_and_stands_on_the_desk(as_: SignIn, firm: Cast) -> None:
    made = waiting(firm, 3)
    page = as_(firm.bea, QUEUE)
    page.get_by_role("button", name=f"Take {made.display_number}").click()
    expect(page.get_by_role("status").filter(has_text=made.display_number)).to_be_visible()
    page.goto(page.url.split("/queues")[0].split("/cases")[0] + "/")
    expect(page.get_by_role("link", name=made.display_number, exact=True)).to_be_visible()
    made.refresh_from_db()
    assert made.owner_agent == firm.bea
    assert made.status == Status.NEW


def test_a_case_is_taken_from_the_case_itself(as_: SignIn, firm: Cast) -> None:
    made = waiting(firm, 3)
    page = as_(firm.bea, made.get_absolute_url())
    page.get_by_role("button", name="Take", exact=True).click()
    expect(page.locator(".highlights__facts")).to_contain_text(firm.bea.name)
    expect(page.get_by_role("link", name="Close", exact=True)).to_be_visible()


def test_the_key_t_takes_the_row_one_is_on(as_: SignIn, firm: Cast) -> None:
    first, second = waiting(firm, 9), waiting(firm, 5)
    page = as_(firm.bea, QUEUE)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("t")
    expect(page.get_by_role("status").filter(has_text=second.display_number)).to_be_visible()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.owner_agent, second.owner_agent) == (None, firm.bea)


def test_several_are_taken_at_once_with_a_result_for_each(as_: SignIn, firm: Cast) -> None:
    mine, theirs, left = waiting(firm, 9), waiting(firm, 8), waiting(firm, 7)
    page = as_(firm.bea, QUEUE)
    page.get_by_label(f"Select {mine.display_number}").check()
    page.get_by_label(f"Select {theirs.display_number}").check()
    expect(page.get_by_text("2 selected")).to_be_visible()
    Case.objects.filter(pk=theirs.pk).update(owner_queue=None, owner_agent=firm.bob)
    page.get_by_role("button", name="Take selected").click()
    expect(page.get_by_text("Finished, some refused")).to_be_visible()
    done = page.get_by_role("region", name="Done")
    expect(done.get_by_role("link")).to_have_text(mine.display_number)
    refused = page.get_by_role("region", name="Refused")
    expect(refused.get_by_role("link", name=theirs.display_number)).to_be_visible()
    expect(refused).to_contain_text(f"{firm.bob.name} has this case")
    mine.refresh_from_db()
    left.refresh_from_db()
    assert (mine.owner_agent, left.owner_queue) == (firm.bea, firm.homeowner_queue)


def test_take_next_gives_the_top_case_that_can_be_acted_on(as_: SignIn, firm: Cast) -> None:
    waiting(firm, 50, status=Status.AWAITING_CUSTOMER)
    top = waiting(firm, 9)
    waiting(firm, 5)
    page = as_(firm.bea, QUEUE)
    page.get_by_role("button", name="Take next").click()
    expect(page.locator(".highlights__number")).to_have_text(top.display_number)
    expect(page.locator(".highlights__facts")).to_contain_text(firm.bea.name)


def test_the_second_of_two_who_take_a_case_is_told_who_has_it(as_: SignIn, firm: Cast) -> None:
    made = waiting(firm, 9)
    waiting(firm, 5)
    bea, bob = as_(firm.bea, QUEUE), as_(firm.bob, QUEUE)
    for page in (bea, bob):
        page.get_by_role("button", name=f"Take {made.display_number}").click()
    expect(bob.get_by_text(f"{firm.bea.name} has this case")).to_be_visible()
    made.refresh_from_db()
    assert made.owner_agent == firm.bea


def test_somebody_outside_of_the_queue_is_told_why_they_cannot_take(
    as_: SignIn, firm: Cast
) -> None:
    made = waiting(firm, 9)
    page = as_(firm.frank, QUEUE)
    refused = page.get_by_role("button", name="Take next")
    expect(refused).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("button", name=f"Take {made.display_number}")).to_have_count(0)
    refused.hover()
    expect(page.get_by_role("tooltip").filter(has_text="Q4")).to_be_visible()
