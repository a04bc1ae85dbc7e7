"""Lists of cases in a real browser: a filter by a few letters, saved and pinned; the case beside
the list, columns as wide as one makes them, and nothing that axe finds (V3)."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Page, Route, expect

from heliodesk.cases.models import Priority
from heliodesk.core import clock
from heliodesk.list_views.models import ListLayout
from heliodesk.list_views.rules.saving import save_list_view
from heliodesk.web.filters import day_name
from tests.browser.looks import findings_in_every_look
from tests.browser.profiles import Profiles, SignIn
from tests.cast import Cast, actor, case

PREVIEW = re.compile(r"/preview(\.\w+)?\.js")


def ready(page: Page) -> None:
    """Wait for what a list of cases loads when it is shown."""
    expect(page.get_by_role("combobox", name="Add filter")).to_be_visible()


def add_filter(page: Page, letters: str, condition: str) -> None:
    """Add the condition that is proposed for the letters."""
    page.keyboard.press("f")
    page.keyboard.type(letters)
    expect(page.get_by_role("option", name=condition)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".chip", has_text=condition)).to_be_visible()


def test_a_list_is_filtered_saved_and_pinned_by_the_keyboard(as_: SignIn, firm: Cast) -> None:
    high = case(firm, owner_agent=firm.frank, priority=Priority.HIGH)
    case(firm, owner_agent=firm.frank)
    page = as_(firm.frank, "/cases/")
    ready(page)
    add_filter(page, "high", "Priority is High")
    add_filter(page, "owner me", "Owner (agent) is Me")
    expect(page.locator("[data-grid] [data-row]")).to_have_count(1)
    page.keyboard.press("s")
    page.get_by_label("Name", exact=True).fill("Mine and high")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mine and high")
    rail = page.get_by_role("navigation", name="Desk")
    expect(rail.get_by_role("link", name="Mine and high")).to_be_visible()
    expect(page.locator("[data-row]")).to_contain_text(high.display_number)
    page.locator(".chip__edit").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Normal").check()
    dialog.get_by_role("button", name="Change").click()
    expect(page.locator("[data-row]")).to_have_count(2)
    expect(page.locator(".page-head__sub")).to_contain_text("changed since it was saved")
    page.keyboard.press("f")
    page.keyboard.type("created by")
    expect(page.get_by_role("option", name="Created by …")).to_be_visible()
    page.keyboard.press("Enter")
    named = dialog.get_by_label("Created by, by name")
    expect(named).to_be_focused()
    named.press_sequentially("fra")
    dialog.get_by_role("option", name=firm.frank.name).click()
    expect(dialog.get_by_label(firm.frank.name)).to_be_checked()
    dialog.get_by_role("button", name="Add").click()
    expect(page.locator(".chip", has_text=f"Created by is {firm.frank.name}")).to_be_visible()


def test_the_case_stands_beside_the_list_and_columns_are_dragged(
    as_: SignIn, profiles: Profiles, firm: Cast
) -> None:
    first = case(firm, description="The first of them.")
    case(firm, description="The second of them.")
    page = as_(firm.frank)
    profiles.spoil(page)
    page.set_viewport_size({"width": 1400, "height": 800})
    late: list[Route] = []
    page.route(PREVIEW, lambda route: late.append(route))
    with page.expect_request(PREVIEW):
        page.evaluate("location.assign('/cases/?sort=number')")
    page.keyboard.press("p")  # before what shows it has come
    late[0].continue_()
    page.unroute(PREVIEW)
    beside = page.get_by_role("complementary", name="Preview of the case")
    expect(beside).to_contain_text("The first of them.")
    ready(page)
    page.keyboard.press("j")
    expect(beside).to_contain_text("The second of them.")
    assert findings_in_every_look(page) == []
    page.set_viewport_size({"width": 1400, "height": 800})
    page.reload()
    expect(beside).to_contain_text(first.description)
    ready(page)
    page.locator("th:has([data-grip=customer]) a").focus()
    with page.expect_response("**/cases/columns/widths/"):
        page.keyboard.press("Shift+ArrowRight")
    kept = ListLayout.objects.get(person=firm.frank)
    assert kept.widths["customer"] > kept.widths["number"]


GAPS = """notes => notes.map((note) => {
  const next = note.nextElementSibling;
  return next.getBoundingClientRect().top - note.getBoundingClientRect().bottom;
})"""


def test_refusals_above_a_list_keep_apart(as_: SignIn, firm: Cast) -> None:
    case(firm, owner_queue=firm.installer_queue)
    for path in ("/cases/", "/queues/installer/"):
        page = as_(firm.bea, f"{path}?all=weather:is:fine&columns=mood,number")
        expect(page.locator("[data-refusal]")).to_have_count(2)
        assert min(page.locator("[data-refusal]").evaluate_all(GAPS)) >= 6


def test_the_name_of_a_company_is_whole_in_a_queue_of_installers(as_: SignIn, firm: Cast) -> None:
    case(firm, owner_queue=firm.installer_queue, customer_name="Saltgrass Sun Collective")
    page = as_(firm.bea, "/queues/installer/")
    page.set_viewport_size({"width": 1440, "height": 900})
    whole = "cell => cell.scrollWidth <= cell.clientWidth"
    row = page.locator("[data-grid] [data-row]")
    assert row.get_by_text("Saltgrass Sun Collective").evaluate(whole)
    assert row.get_by_role("link").first.locator("..").evaluate(whole)


#: The headings and cells, by their column, that end before what they hold does.
CUT = """grid => [...grid.querySelectorAll("thead .sort__label, tbody td:not(.table__tail)")]
  .filter((one) => one.scrollWidth > one.clientWidth)
  .map((one) => one.dataset.label ?? one.textContent)"""


def test_headings_numbers_and_times_of_a_queue_are_whole(as_: SignIn, firm: Cast) -> None:
    last = clock.now() - timedelta(days=500)
    for created in (clock.now(), clock.now() - timedelta(days=18, hours=10), last):
        case(firm, owner_queue=firm.homeowner_queue, created_at=created)
    page = as_(firm.bea, "/queues/homeowner/")
    page.set_viewport_size({"width": 1440, "height": 900})
    cut = page.locator("[data-grid]").evaluate(CUT)
    assert set(cut) <= {"Property address", "Request type", "Request subtype", "Age"}
    assert cut.count("Age") == 1  # of 500 days
    page.goto(page.url.replace("/queues/homeowner/", "/cases/?sort=created_at"))
    grid = page.locator("[data-grid]")
    expect(grid.locator("tbody time").first).to_have_text(day_name(last))
    assert "Created" not in grid.evaluate(CUT)


#: How many heights the buttons of a row stand at, and whether all of them are on the screen.
ROW_OF_BUTTONS = """row => {
  const boxes = [...row.querySelectorAll(".table__acts .button")]
    .map((one) => one.getBoundingClientRect());
  const inside = boxes.every((one) => one.left >= 0 && one.right <= innerWidth);
  return [boxes.length, new Set(boxes.map((one) => Math.round(one.top))).size, inside];
}"""


def test_what_one_does_with_a_list_view_stands_in_a_line_and_on_the_screen(
    as_: SignIn, firm: Cast
) -> None:
    save_list_view(name="Mine", query="all=open:is:yes", by=actor(firm.sue))
    page = as_(firm.sue, "/list-views/")
    page.set_viewport_size({"width": 1440, "height": 900})
    mine = page.locator("[data-row]", has_text="Mine")
    assert mine.evaluate(ROW_OF_BUTTONS) == [3, 1, True]
    page.set_viewport_size({"width": 390, "height": 844})
    assert mine.evaluate(ROW_OF_BUTTONS) == [3, 1, True]


def test_the_headings_of_cards_are_seen_while_the_keyboard_is_in_them(
    as_: SignIn, firm: Cast
) -> None:
    case(firm, owner_agent=firm.bea)
    page = as_(firm.bea, "/cases/")
    page.set_viewport_size({"width": 640, "height": 800})  # 1280 at 200 %
    head = page.locator("[data-grid] thead")
    height = "head => head.getBoundingClientRect().height"
    assert head.evaluate(height) <= 1
    page.get_by_role("link", name="Customer").focus()
    assert head.evaluate(height) > 24
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort=customer"))


def test_a_selected_row_is_marked_to_its_end(as_: SignIn, firm: Cast) -> None:
    case(firm, owner_agent=firm.bea)
    page = as_(firm.bea, "/cases/")
    page.locator("[data-select]").check()
    row = page.locator("[data-row]")
    shade = row.evaluate("row => getComputedStyle(row).backgroundColor")
    tail = "cell => getComputedStyle(cell).backgroundImage"
    assert shade in row.locator(".table__tail").evaluate(tail)
