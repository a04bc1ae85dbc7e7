"""Every page of the desk, each by who sees most of it, as `walk.py` lists them: axe finds nothing,
nothing scrolls sideways, nothing goes wrong in the page, in every look; and so it is with each
dialog and menu that the page opens (by keyboard, and back to where it was) and with its form when
refused.

What two addresses show alike is looked at once in a process: a page of a route is looked at when
its main part has an element that none of the route had before, a menu or a dialog when it is the
first of its kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from typing import ClassVar

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect
from pytest_django import Settings

from heliodesk.people.models import User
from tests.browser import walk
from tests.browser.furnished import furnish
from tests.browser.looks import at_a_glance, findings_in_every_look
from tests.browser.profiles import SignIn
from tests.cast import Cast
from tests.screens import browser

#: So many parts, each a test: one that fails is tried once more by itself.
PARTS = 6
TAG = re.compile(r"<(\w+)([^>]*)>")
TELLING = re.compile(r'\b(class|type|role|aria-current|aria-disabled|hidden)(?:="([^"]*)")?')
NAMES = re.compile(r"\d+|=[^&]*|item-\w+")
MENUS, DIALOGS = "details[data-menu] > summary", "a[data-dialog]"
#: What opens on a page, by its place and what it says, and where its form is sent: asking one by
#: one takes longer than looking.
OPENS = """([menus, dialogs]) => {
  const all = (found, say) => [...document.querySelectorAll(found)]
    .map((one, place) => ({ one, place }))
    .filter(({ one }) => one.checkVisibility({ visibilityProperty: true }) && one.offsetWidth)
    .map(({ one, place }) => [place, say(one)]);
  const form = document.querySelector("[data-desk] main form[method=post]:has([required])");
  return {
    menus: all(menus, (one) => one.parentElement.innerText),
    dialogs: all(dialogs, (one) => one.getAttribute("href") ?? ""),
    form: form && (form.getAttribute("action") ?? ""),
  };
}"""


def test_every_address_is_walked_or_says_why_not() -> None:
    told = set(walk.PAGES) | set(walk.NO_PAGE)
    assert walk.names() - told == set(), "add them to tests/browser/walk.py"
    assert told - walk.names() == set(), "these are gone: take them out of tests/browser/walk.py"
    assert set(walk.PAGES) & set(walk.NO_PAGE) == set()


@dataclass
class Walk:
    """What has been found, by page, and what has been looked at already, in this part or before."""

    found: dict[str, list[str]] = field(default_factory=dict)
    parts: ClassVar[dict[str, set[object]]] = {}
    opened: ClassVar[set[object]] = set()

    def note(self, where: str, lines: list[str]) -> None:
        """Keep what is wrong."""
        if lines:
            self.found.setdefault(where, []).extend(lines)

    def is_new(self, kind: str, what: object) -> bool:
        """Whether it is the first of its kind."""
        known = (kind, what) in self.opened
        self.opened.add((kind, what))
        return not known


@pytest.mark.xdist_group("walk")  # what a process has looked at it does not look at again
@pytest.mark.parametrize("part", range(PARTS))
def test_pages_in_every_look(
    as_: SignIn, firm: Cast, settings: Settings, tmp_path: Path, part: int
) -> None:
    settings.MEDIA_ROOT = tmp_path
    keys = furnish(firm)
    done = Walk()
    for by, looks in groupby(walk.looks(part, PARTS), key=lambda one: one[0]):
        user: User = getattr(firm, by)
        client = browser(user)
        client.raise_request_exception = False
        page = as_(user)
        for _, name, address in looks:
            path = address.format(**keys)
            if is_another(done, client, name, path):
                look(done, page, f"{by}: {path}")
    assert done.found == {}, str(done.found)


def is_another(done: Walk, client: Client, name: str, path: str) -> bool:
    """Whether the page there has what none had before. A refusal is a page like any other."""
    answer = client.get(path)
    if answer.status_code >= 500:
        done.note(path, ["it breaks"])
    if answer.status_code in (301, 302, 303) or answer.status_code >= 500:
        return False
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    kind = name if answer.status_code == 200 else "refused"
    parts = {(tag, *TELLING.findall(rest)) for tag, rest in TAG.findall(main)}
    levels = [int(level) for level in re.findall(r"<h([1-6])", main)]
    parts |= {("step", one, other) for one, other in pairwise(levels) if other > one}
    known = done.parts.setdefault(kind, set())
    another = not parts <= known
    known |= parts
    return another


def look(done: Walk, page: Page, where: str) -> None:
    """Look at a page, and at what opens on it."""
    start = "/".join(page.url.split("/")[:3])
    page.goto(start + where.partition(": ")[2])
    expect(page.locator("main h1")).to_have_count(1)
    done.note(where, findings_in_every_look(page))
    try:
        opens = page.evaluate(OPENS, [MENUS, DIALOGS])
        for place, words in opens["menus"]:
            if done.is_new("menu", NAMES.sub("", words)):
                open_menu(done, page, page.locator(MENUS).nth(place), where)
        for place, target in opens["dialogs"]:
            if done.is_new("dialog", NAMES.sub("", target)):
                link = page.locator(DIALOGS).nth(place)
                open_dialog(done, page, link, f"{where}, dialog {target}")
        if opens["form"] is not None and done.is_new("form", NAMES.sub("", opens["form"])):
            refuse(done, page, where)
    except AssertionError as error:  # the rest of the walk tells more
        done.note(where, [str(error)])


def open_menu(done: Walk, page: Page, summary: Locator, where: str) -> None:
    """A menu opens by Enter and closes by Escape, with the focus where it was."""
    sheet = summary.locator("xpath=..")
    summary.press("Enter")
    expect(sheet).to_have_attribute("open", "")
    done.note(f"{where}, menu", at_a_glance(page, "details[data-menu][open]"))
    page.keyboard.press("Escape")
    expect(sheet).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def open_dialog(done: Walk, page: Page, link: Locator, where: str) -> None:
    """A dialog opens by Enter, takes the focus, and gives it back when Escape closes it."""
    link.press("Enter")
    dialog = page.locator("dialog[open]")
    expect(dialog, where).to_have_count(1)
    expect(dialog).to_have_accessible_name(re.compile(r"\w"))
    expect(dialog.locator(":focus")).to_have_count(1)
    done.note(where, at_a_glance(page, "dialog[open]"))
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


REFUSE = """() => {
  for (const form of document.querySelectorAll("main form[method=post]")) {
    const fields = [...form.querySelectorAll("[required]")].filter((one) => one.checkVisibility());
    if (!fields.length) continue;
    for (const one of fields) {
      if (one.type === "radio" || one.type === "checkbox") one.checked = false;
      else one.value = "";
    }
    form.noValidate = true;
    form.requestSubmit(form.querySelector("[type=submit]:not([formnovalidate])"));
    return true;
  }
  return false;
}"""


def refuse(done: Walk, page: Page, where: str) -> None:
    """The form of the page, sent without what it asks for, is refused and shown again."""
    if page.evaluate(REFUSE):
        wrong = page.locator("#main [data-refusal], #main [aria-invalid=true]")
        expect(wrong.first).to_be_visible()
        done.note(f"{where}, refused", at_a_glance(page))
