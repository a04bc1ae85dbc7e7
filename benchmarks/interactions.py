"""What people do on a page, each step as the browser gets it: keys and the pointer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

Step = Callable[["Page"], None]


@dataclass(frozen=True, slots=True)
class Interaction:
    """One thing that is done: `before` makes the page ready, `act` is what is measured, `then` is
    seen when it has had its effect."""

    name: str
    act: Step
    before: Step | None = None
    then: str = ""


def key(*keys: str) -> Step:
    """Press them one after the other."""

    def press(page: Page) -> None:
        for one in keys:
            page.keyboard.press(one)

    return press


def click(selector: str) -> Step:
    """Press the pointer on the first of them."""
    return lambda page: page.locator(selector).first.click()


def focus(selector: str, text: str = "") -> Step:
    """Be in the empty field, with `text` typed."""

    def enter(page: Page) -> None:
        field = page.locator(selector).first
        field.fill("")
        field.focus()
        if text:
            page.keyboard.insert_text(text)

    return enter


def drag(selector: str, far: int) -> Step:
    """Take hold of it, draw it `far` pixels to the right, let go."""

    def draw(page: Page) -> None:
        box = page.locator(selector).first.bounding_box()
        assert box is not None, selector
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + far, y, steps=8)
        page.mouse.up()

    return draw


def away(page: Page) -> None:
    """Close what is open, and be in no field."""
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement?.blur()")
    page.mouse.move(5, 400)


def cleared(page: Page) -> None:
    """Nothing is selected."""
    away(page)
    page.evaluate("document.querySelector('input[data-select-all]:checked')?.click()")


def selected(page: Page) -> None:
    """All of the page are selected."""
    cleared(page)
    page.locator("input[data-select-all]").click()


def alone(page: Page) -> None:
    """The list stands without the preview beside it."""
    away(page)
    if page.locator("[data-preview]").is_visible():
        page.keyboard.press("p")
        page.locator("[data-preview]").wait_for(state="hidden")


SEARCH, BELL, OPEN = "#search", "#bell-panel", "dialog[open]"
BOX = "textarea[data-mentions]"
LIST = [
    Interaction("next row (j)", key("j"), away),
    Interaction("row before (k)", key("k"), away),
    Interaction("select the row (x)", key("x"), key("j")),
    Interaction("select all", click("input[data-select-all]"), cleared),
    Interaction("select none", click("[data-select-none]"), selected),
    Interaction("column drawn wider", drag("[data-grip]", 24), cleared),
    Interaction("add a filter: a letter", key("s"), focus("[data-add-filter]"), "[role=option]"),
]
FRAME = [
    Interaction("search: a letter", key("m"), focus(SEARCH, "s"), "[role=option]"),
    Interaction("bell", click("[data-bell]"), away, BELL),
    Interaction("own menu", click(".topbar details[data-menu] > summary"), away),
]


def dialog(name: str, path: str) -> Interaction:
    """The dialog of a case whose address ends so."""
    return Interaction(name, click(f"#main a[data-dialog][href*='{path}']"), away, OPEN)


CASE = [
    Interaction("post: a letter", key("a"), focus(BOX, "We called")),
    Interaction("mention: a letter", key("a"), focus(BOX, "@"), "[role=option]"),
]
DIALOGS = {
    "close": "/closure/new",
    "change owner": "/owner",
    "log review": "/review/new",
    "assign": "/assignments/new",
}
PREVIEW = [
    Interaction("preview (p)", key("p"), alone, "[data-preview-part]"),
    Interaction("next row with its preview (j)", key("j"), away),
]
CHIP = [Interaction("a condition of the filter", click("a.chip__edit"), away, OPEN)]
DESK = [Interaction("next row (j)", key("j"), away), *FRAME]
