"""What every page is held to: no finding of axe, in light and in dark, wide and narrow, and no
scrolling sideways at 1280, 640 (1280 at 200 %), 390 and 360 pixels.

All of axe's rules run, its best practices and the target size of WCAG 2.2 among them. Measuring
contrast is most of its work, and a pair of colours is as readable on the next page: each pair
(with size, weight and what lies behind it) is measured once in a run. A narrow page is the wide one
laid out anew: the rules run on it again when it shows or hides what no page before has; the size of
targets is measured on each.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Page, ViewportSize

Scheme = Literal["light", "dark"]
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 360, "height": 740}
LOOKS: tuple[tuple[Scheme, ViewportSize], ...] = (("light", WIDE), ("dark", NARROW))
OTHER_WIDTHS = (640, 390)
#: Off by default in axe, as it runs no rule of WCAG 2.2 by itself.
MORE = ("target-size", "label-content-name-mismatch")
TARGETS = "target-size"
CONTRAST = "color-contrast"

#: Gathers the texts of the page by what their contrast depends on; one stands for all alike.
GATHER = """() => {
  const behind = new Map();
  const back = (one) => {
    if (!one) return "";
    if (!behind.has(one)) {
      const style = getComputedStyle(one);
      const plain = style.backgroundImage === "none" && style.opacity === "1";
      const clear = style.backgroundColor === "rgba(0, 0, 0, 0)" && plain;
      const own = clear ? "" : [style.backgroundColor, plain || one.className].join();
      const afloat = style.position === "static" || one === document.body ? "" : one.className;
      const here = own || afloat ? `${own}${afloat};` : "";
      behind.set(one, here + back(one.parentElement));
    }
    return behind.get(one);
  };
  window.deskTexts = new Map();
  for (const one of document.querySelectorAll("body *")) {
    const field = one.matches("input:not([type=hidden]), select, textarea");
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!(field || words) || !one.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(one);
    const shown = [style.color, style.fontSize, style.fontWeight, field && one.placeholder !== ""];
    const key = shown.join() + back(one);
    if (!window.deskTexts.has(key)) window.deskTexts.set(key, one);
  }
  return [...window.deskTexts.keys()];
}"""
#: Runs axe on the page or what lies over it, and its rule of contrast on the texts of `keys` alone:
#: one run, as taking the page in is a good part of each. Gives null where axe is still to come.
RUN = """async ({ keys, sheet, options }) => {
  if (!("axe" in window)) return null;
  const texts = keys.map((key) => window.deskTexts.get(key));
  for (const one of texts) one.setAttribute("data-measured", "");
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-measured]" }] });
  try {
    const within = sheet ? document.querySelector(sheet) : document;
    const { violations } = await axe.run(within, options);
    const line = (id, node) => `${id}: ${node.html.slice(0, 160)}`;
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => line(id, node)));
  } finally {
    for (const one of texts) one.removeAttribute("data-measured");
  }
}"""
#: Keeps what the page shows as it is wide.
KEEP = """() => {
  window.deskShown = () => {
    const shown = (one) => one.checkVisibility({ visibilityProperty: true });
    return new Set([...document.querySelectorAll("body *")].filter(shown));
  };
  window.deskWide = window.deskShown();
}"""
#: What it shows or hides as it is now, said by what it is and where it stands.
CHANGED = """() => {
  const now = window.deskShown();
  const kind = (one) => `${one.tagName}.${one.className.baseVal ?? one.className}`;
  const line = (sign) => (one) => sign + kind(one) + " in " + kind(one.parentElement);
  const come = [...now].filter((one) => !window.deskWide.has(one)).map(line("+"));
  const gone = [...window.deskWide].filter((one) => !now.has(one)).map(line("-"));
  return [...new Set([...come, ...gone])];
}"""
_sessions: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()
#: What is readable, of this process's run.
_measured: set[str] = set()
#: What came or went on narrow pages on which the rules found nothing.
_narrowed: set[str] = set()


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text()


def findings(page: Page) -> list[str]:
    """What the rules find on the page as it stands, and which of its texts, of those that are like
    none before, are not readable; one line each."""
    return _run(page, _all_rules(), _fresh_texts(page))


def findings_narrow(page: Page) -> list[str]:
    """The same after the page, kept by `KEEP`, has become narrow."""
    fresh = set(page.evaluate(CHANGED)) - _narrowed
    if not fresh:
        return _run(page, _only(TARGETS), _fresh_texts(page))
    found = findings(page)
    if not found:
        _narrowed.update(fresh)
    return found


def rules_within(page: Page, sheet: str) -> list[str]:
    """What the rules find within what has opened over the page: the page below is as it was."""
    return _run(page, _all_rules(), [], sheet)


def contrast(page: Page) -> list[str]:
    """Which texts, of those that are like none before, are not readable."""
    fresh = _fresh_texts(page)
    return _run(page, _only(), fresh) if fresh else []


def _fresh_texts(page: Page) -> list[str]:
    return [key for key in page.evaluate(GATHER) if key not in _measured]


def _all_rules() -> dict[str, Any]:
    return {"rules": {name: {"enabled": True} for name in MORE}}


def _only(*names: str) -> dict[str, Any]:
    return {"runOnly": {"type": "rule", "values": [*names, CONTRAST]}}


def _run(page: Page, options: dict[str, Any], texts: list[str], sheet: str = "") -> list[str]:
    """What axe finds; contrast is measured on these texts, which are known when it is right."""
    options |= {"resultTypes": ["violations"], "preload": False}
    given = {"keys": texts, "sheet": sheet, "options": options}
    found = page.evaluate(RUN, given)
    if found is None:
        _bring_axe(page)
        found = page.evaluate(RUN, given)
    if not any(line.startswith(f"{CONTRAST}: ") for line in found):
        _measured.update(texts)
    return list(found)


def _bring_axe(page: Page) -> None:
    """As a script of the page: unlike what Playwright evaluates, Chromium keeps it compiled. The
    session stays: with any that ends, a page loses its virtual authenticator."""
    if page not in _sessions:
        _sessions[page] = page.context.new_cdp_session(page)
    script = {"expression": _axe(), "returnByValue": True}
    answer = _sessions[page].send("Runtime.evaluate", script)
    assert "exceptionDetails" not in answer, answer


def findings_in_every_look(page: Page) -> list[str]:
    """What is found in light, wide, and in dark, narrow, each line saying where. Colours do not
    hang on the width, nor the layout on the colours: the other pairs would find nothing more.
    The page stands light and wide afterwards."""
    (light, wide), (dark, narrow) = LOOKS
    show(page, light, wide)
    found = _said(f"{light}, {wide['width']}", findings(page) + _overflow(page))
    page.evaluate(KEEP)
    show(page, dark, narrow)
    found += _said(f"{dark}, {narrow['width']}", findings_narrow(page) + _overflow(page))
    for width in OTHER_WIDTHS:
        page.set_viewport_size({"width": width, "height": 600})
        found += _said(str(width), _overflow(page))
    show(page, light, wide)
    return found


def at_a_glance(page: Page, sheet: str = "") -> list[str]:
    """The same for a part that has been opened on a page, at the width the page has. `sheet`: the
    selector of what lies over the page."""
    found = rules_within(page, sheet) if sheet else findings(page)
    for scheme, _ in reversed(LOOKS):  # it ends as the page is
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += _said(scheme, contrast(page))
    return found + _overflow(page)


def show(page: Page, scheme: Scheme, size: ViewportSize) -> None:
    """Bring the page to a look. A colour on its way to another would be measured on its way."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    if page.viewport_size != size:
        page.set_viewport_size(size)


def _said(where: str, lines: list[str]) -> list[str]:
    return [f"{where}: {line}" for line in lines]


def _overflow(page: Page) -> list[str]:
    return ["the page scrolls sideways"] if overflows(page) else []


def overflows(page: Page) -> bool:
    """Whether the page as a whole scrolls sideways."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )
    )
