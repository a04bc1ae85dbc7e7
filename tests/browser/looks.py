"""What every page is held to: no finding of axe, in light and in dark, wide and narrow, and no
scrolling sideways at 1280, 640 (1280 at 200 %), 390 and 360 pixels.

All of axe's rules run, its best practices and the target size of WCAG 2.2 among them. Measuring
contrast is most of its work, and a pair of colours is as readable on the next page: each pair
(with size, weight and what lies behind it) is measured once in a run.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from playwright.sync_api import Page, ViewportSize

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
RUN = """async ({ keys, options }) => {
  const include = keys && keys.map((key) => window.deskTexts.get(key));
  const { violations } = await axe.run(include ? { include } : document, options);
  const line = (id, node) => `${id}: ${node.html.slice(0, 160)}`;
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => line(id, node)));
}"""
#: What is readable, of this process's run.
_measured: set[str] = set()


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text()


def rules(page: Page) -> list[str]:
    """What the rules find on the page as it stands, contrast left out; one line each."""
    more = {name: {"enabled": True} for name in MORE}
    return _run(page, {"rules": {CONTRAST: {"enabled": False}} | more})


def rules_over(page: Page, sheet: str) -> list[str]:
    """The same with something open over the page. What it covers in part is no target until it
    closes: the size of targets is measured in the sheet, all else on the whole page."""
    apart = {name: {"enabled": False} for name in (CONTRAST, TARGETS)}
    more = {name: {"enabled": True} for name in MORE if name != TARGETS}
    found = _run(page, {"rules": apart | more})
    page.evaluate(
        "sheet => window.deskTexts = new Map([['sheet', document.querySelector(sheet)]])", sheet
    )
    return found + _run(page, {"runOnly": {"type": "rule", "values": [TARGETS]}}, ["sheet"])


def contrast(page: Page) -> list[str]:
    """Which texts, of those that are like none before, are not readable."""
    fresh = [key for key in page.evaluate(GATHER) if key not in _measured]
    if not fresh:
        return []
    found = _run(page, {"runOnly": {"type": "rule", "values": [CONTRAST]}}, fresh)
    if not found:
        _measured.update(fresh)
    return found


def _run(page: Page, options: dict[str, Any], keys: list[str] | None = None) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    options |= {"resultTypes": ["violations"], "preload": False}
    return list(page.evaluate(RUN, {"keys": keys, "options": options}))


def findings_in_every_look(page: Page) -> list[str]:
    """What is found in light, wide, and in dark, narrow, each line saying where. Colours do not
    hang on the width, nor the layout on the colours: the other pairs would find nothing more.
    The page stands light and wide afterwards."""
    found = []
    for scheme, size in LOOKS:
        show(page, scheme, size)
        lines = rules(page) + contrast(page)
        found += [f"{scheme}, {size['width']}: {line}" for line in lines]
        if overflows(page):
            found.append(f"{size['width']}: the page scrolls sideways")
    found += _too_wide(page)
    show(page, *LOOKS[0])
    return found


def at_a_glance(page: Page, sheet: str = "") -> list[str]:
    """The same for a part that has been opened on a page, at the width the page has. `sheet`: the
    selector of what lies over the page."""
    found = rules_over(page, sheet) if sheet else rules(page)
    for scheme, _ in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}: {line}" for line in contrast(page)]
    if overflows(page):
        found.append("the page scrolls sideways")
    return found


def show(page: Page, scheme: Scheme, size: ViewportSize) -> None:
    """Bring the page to a look. A colour on its way to another would be measured on its way."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size(size)


def _too_wide(page: Page) -> list[str]:
    wide = []
    for width in OTHER_WIDTHS:
        page.set_viewport_size({"width": width, "height": 600})
        if overflows(page):
            wide.append(f"{width}: the page scrolls sideways")
    return wide


def overflows(page: Page) -> bool:
    """Whether the page as a whole scrolls sideways."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )
    )
