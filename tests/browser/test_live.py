"""Pages that change by themselves, side by side in two browsers (C2, K2, V2)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from heliodesk.cases.models import Status
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.cases.rules.status import set_status
from heliodesk.cases.rules.taking import take
from heliodesk.feed.models import Mention
from heliodesk.feed.rules.posts import delete_post, post
from tests import cast
from tests.browser.profiles import SignIn
from tests.browser.serving import Served
from tests.cast import Cast, actor

pytestmark = pytest.mark.xdist_group("live")  # one process starts the desk

FEED = ".feed__item--post"


def test_a_post_stands_on_the_others_page_without_a_reload(live_as: SignIn, firm: Cast) -> None:
    case = cast.case(firm)
    owner = live_as(firm.frank, case.get_absolute_url())
    other = live_as(firm.bea, case.get_absolute_url())
    owner.locator("#post").fill("Half a sentence")
    other.locator("#post").fill("The meter was **read**.")
    other.get_by_role("button", name="Post", exact=True).click()
    expect(owner.locator(FEED)).to_contain_text("The meter was read.")
    expect(owner.locator("#post")).to_have_value("Half a sentence")
    expect(owner.locator("#post")).to_be_focused()
    expect(owner.locator("#live-says")).to_have_text("New post by Bea Tester")
    expect(owner.locator(FEED)).to_have_count(1)
    expect(other.locator(FEED)).to_have_count(1)


def test_what_one_reads_stays_where_it_is(live_as: SignIn, firm: Cast) -> None:
    case = cast.case(firm)
    items = [post(case, body=f"Post {at}\n\nand more", by=actor(firm.bea)) for at in range(25)]
    page = live_as(firm.frank, case.get_absolute_url())
    read = page.locator(f"#item-{items[3].pk}")
    read.scroll_into_view_if_needed()
    before = read.bounding_box()
    post(case, body="A new one\n\nof three\n\nparagraphs", by=actor(firm.bea))
    expect(page.locator(FEED)).to_have_count(26)
    after = read.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2


def test_a_reply_and_a_deletion_find_their_place(live_as: SignIn, firm: Cast) -> None:
    case = cast.case(firm)
    root = post(case, body="First", by=actor(firm.bea))
    page = live_as(firm.frank, case.get_absolute_url())
    reply = post(case, body="An answer", parent=root, by=actor(firm.bob))
    expect(page.locator(f"#item-{root.pk} .replies #item-{reply.pk}")).to_contain_text("An answer")
    delete_post(root, by=actor(firm.bea))
    expect(page.locator(f"#item-{root.pk}")).to_contain_text("was deleted")
    expect(page.locator(f"#item-{reply.pk}")).to_contain_text("An answer")


def test_the_bell_rings_and_says_who(live_as: SignIn, firm: Cast) -> None:
    case = cast.case(firm)
    page = live_as(firm.frank)
    post(case, body="@frank please look", by=actor(firm.bea))
    expect(page.get_by_role("link", name="Notices, 1 unread")).to_be_visible()
    expect(page.locator(".toast")).to_contain_text("Bea Tester mentioned you")


def test_status_and_owner_change_in_the_strip(live_as: SignIn, firm: Cast) -> None:
    case = cast.case(firm, owner_agent=None, owner_queue=firm.homeowner_queue)
    page = live_as(firm.frank, case.get_absolute_url())
    page.locator("#post").fill("Typing")
    take(case, by=actor(firm.bea))
    expect(page.locator(".highlights__facts")).to_contain_text("Bea Tester")
    case.refresh_from_db()
    set_status(case, Status.AWAITING_CUSTOMER, by=actor(firm.bea))
    current = page.locator(".path__step[aria-current=step]")
    expect(current).to_contain_text("Awaiting Customer Response")
    expect(page.locator("#post")).to_have_value("Typing")


def test_who_else_looks_and_writes_is_shown_and_goes(live_as: SignIn, firm: Cast) -> None:
    case = cast.case(firm, owner_agent=None, owner_queue=firm.homeowner_queue)
    queue = live_as(firm.bob, "/queues/homeowner/")
    one = live_as(firm.frank, case.get_absolute_url())
    two = live_as(firm.bea, case.get_absolute_url())
    expect(one.locator(".highlights .here")).to_have_text("BTAlso here: Bea Tester")
    expect(two.locator(".highlights .here")).to_contain_text("Also here: Frank Tester")
    expect(queue.locator("[data-row] .here")).to_contain_text("Bea Tester and Frank Tester")
    two.locator("#post").press_sequentially("I am")
    expect(one.locator(".highlights .here")).to_contain_text("Bea Tester writes")
    two.close()
    expect(one.locator(".highlights .here")).to_have_count(0)
    expect(queue.locator("[data-row] .here")).not_to_contain_text("Bea Tester")


def test_a_taken_row_stays_and_says_who_has_it(live_as: SignIn, firm: Cast) -> None:
    taken, left = (
        cast.case(firm, owner_agent=None, owner_queue=firm.homeowner_queue) for _ in range(2)
    )
    page = live_as(firm.bea, "/queues/homeowner/")
    page.get_by_label(f"Select {taken.display_number}").check()
    take(taken, by=actor(firm.bob))
    row = page.get_by_role("row").filter(has_text=taken.display_number)
    expect(row).to_contain_text("Taken by Bob Tester")
    expect(page.get_by_label(f"Select {taken.display_number}")).to_be_disabled()
    expect(page.get_by_role("button", name=f"Take {left.display_number}")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(2)
    rail = page.locator(".rail__queue", has_text="Homeowner").locator(".rail__count")
    expect(rail).to_have_text("1")


def test_new_cases_are_announced_and_shown_on_a_click(live_as: SignIn, firm: Cast) -> None:
    cast.case(firm, owner_agent=None, owner_queue=firm.homeowner_queue)
    page = live_as(firm.bea, "/queues/homeowner/")
    case = cast.case(firm)
    change_owner(case, to=firm.homeowner_queue, by=actor(firm.frank))
    expect(page.get_by_role("link", name="1 new")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(1)
    page.get_by_role("link", name="1 new").click()
    expect(page.locator("[data-row]")).to_have_count(2)
    expect(page.get_by_role("link", name="1 new")).to_have_count(0)


def test_a_killed_server_is_found_again_and_nothing_is_missed(
    live_as: SignIn, firm: Cast, desk: Served, faults: list[str]
) -> None:
    case = cast.case(firm)
    page = live_as(firm.frank, case.get_absolute_url())
    desk.kill()
    post(case, body="Said meanwhile", by=actor(firm.bea))
    desk.start()
    # The page asks again with longer and longer pauses while the server starts.
    expect(page.locator(FEED)).to_contain_text("Said meanwhile", timeout=40_000)
    faults.clear()  # the browser says in its console that the connection was lost


def test_whoever_signs_out_is_told_nothing_more(live_as: SignIn, firm: Cast, desk: Served) -> None:
    case = cast.case(firm)
    page = live_as(firm.frank, case.get_absolute_url())
    other = page.context.new_page()
    other.goto(desk.url + "/guide/")
    other.get_by_label("Frank Tester").click()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/login/**")
    post(case, body="Not for those outside", by=actor(firm.bea))
    expect(page.locator("#live-hint")).to_contain_text("Your sign-in has ended")
    expect(page.locator(FEED)).to_have_count(0)


def test_a_department_is_told_of_its_cases_alone(live_as: SignIn, firm: Cast) -> None:
    case, other = cast.case(firm), cast.case(firm)
    first = post(case, body="Sales, please", by=actor(firm.frank))
    Mention.objects.create(item=first, department=firm.sales)
    page = live_as(firm.dora, case.get_absolute_url())
    post(other, body="Elsewhere", by=actor(firm.bea))
    post(case, body="For Sales", by=actor(firm.bea))
    expect(page.locator(FEED)).to_have_count(2)
    expect(page.locator(FEED).first).to_contain_text("For Sales")
