"""What is looked at once is found all the same: each mistake on a page of its own, after a page
that is right."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.looks import at_a_glance, findings_in_every_look
from tests.browser.profiles import SignIn
from tests.cast import Cast

TWO = "<button class='one' aria-label='One'></button><button class='other'>Other</button>"
TINY = ".one, .other { width: 12px; height: 12px; padding: 0; border: 0; font-size: 0 }"
COVERED = """.one, .other { display: block; width: 60px; height: 60px }
  .other { margin-top: -52px }"""
#: By the rule that finds it: what the page is given, and how it is made to look.
WRONG = {
    "target-size": (TWO, TINY),
    "target-size: covered": (TWO, COVERED),
    "target-size: narrow": (TWO, "@media (width < 400px) {" + TINY + "}"),
    "color-contrast": ("<p class='one'>Pale</p>", ".one { color: #999; background: #fff }"),
    "button-name": ("<button></button>", ""),
    "the page scrolls sideways, or a part stands left of it": (
        "<button class='button one narrow'>Out</button>",
        "@media (width < 400px) { .one { position: relative; left: -120px } }",
    ),
    "landmark-unique": ("<nav aria-label='{rail}'><a href='/'>Once more</a></nav>", ""),
}
#: Through the document, as the policy of the pages lets no style into their markup.
ADD = """([html, css]) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  document.getElementById("main").insertAdjacentHTML("beforeend", html);
}"""


@pytest.fixture
def right(as_: SignIn, firm: Cast) -> Page:
    """A page on which nothing is wrong, and all of which is known by now."""
    page = as_(firm.bea, "/guide/")
    assert findings_in_every_look(page) == []
    return page


@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_on_a_page_is_found_whatever_is_known(right: Page, what: str) -> None:
    rail = right.locator("nav").first.get_attribute("aria-label") or ""
    html, css = WRONG[what]
    right.evaluate(ADD, [html.replace("{rail}", rail), css])
    rule = what.partition(":")[0]
    assert [line for line in findings_in_every_look(right) if rule in line]
    assert [line for line in at_a_glance(right) if rule in line] or "narrow" in what + html
