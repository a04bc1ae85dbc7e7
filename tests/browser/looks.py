"""What every page is held to: no finding of axe, in light and in dark, wide and narrow, and no
scrolling sideways at 1280, 640 (1280 at 200 %), 390 and 360 pixels.

All of axe's rules run, its best practices and the target size of WCAG 2.2 among them. Measuring
contrast and targets is most of its work, and a pair of colours is as readable on the next page:
each pair (with size, weight and what lies behind it) is measured once in a run, and so is each
small target (with its size and what lies around it). What stands around the page is looked at once
for all pages that have it alike. A narrow page is the wide one laid out anew: the rules run on it
again when it shows or hides what no page before has.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Page, ViewportSize

from tests.browser.gathering import CHANGED, GATHER, KEEP, OVERFLOWS

Scheme = Literal["light", "dark"]
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 360, "height": 740}
LOOKS: tuple[tuple[Scheme, ViewportSize], ...] = (("light", WIDE), ("dark", NARROW))
OTHER_WIDTHS = (640, 390)
#: Off by default in axe, as it runs no rule of WCAG 2.2 by itself.
MORE = ("target-size", "label-content-name-mismatch")
TARGETS = "target-size"
CONTRAST = "color-contrast"
SIDEWAYS = "the page scrolls sideways, or a part stands left of it"

#: Runs axe on the page or what lies over it, and its rules of contrast and of the size of targets
#: on these texts and targets alone: one run, as taking the page in is a good part of each. The
#: frame is left out where it is known. Gives null where axe is still to come.
RUN = """async ({ texts, targets, sheet, framed, options }) => {
  if (!("axe" in window)) return null;
  const mark = (known, keys, name) => {
    const all = keys.map((key) => known.get(key));
    for (const one of all) one.setAttribute(name, "");
    return () => all.forEach((one) => one.removeAttribute(name));
  };
  const clear = [
    mark(window.deskTexts, texts, "data-measured"),
    mark(window.deskTargets, targets, "data-aimed"),
  ];
  axe.configure({ rules: [
    { id: "color-contrast", selector: "[data-measured]" },
    { id: "target-size", selector: "[data-aimed]" },
  ] });
  try {
    const frame = (window.deskFrame ?? [])
      .filter((one) => !one.querySelector("[data-measured], [data-aimed]"));
    const page = framed && frame.length ? { exclude: frame } : document;
    const within = sheet ? document.querySelector(sheet) : page;
    const { violations } = await axe.run(within, options);
    const line = (id, node) => `${id}: ${node.html.slice(0, 160)}`;
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => line(id, node)));
  } finally {
    for (const one of clear) one();
  }
}"""
_sessions: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()
#: What is readable, and large enough, of this process's run; and the frames that were looked at.
_measured: set[str] = set()
_aimed: set[str] = set()
_framed: set[str] = set()
#: What came or went on narrow pages on which the rules found nothing.
_narrowed: set[str] = set()


@dataclass(frozen=True)
class Fresh:
    """What is like none before."""

    texts: list[str]
    targets: list[str]
    frame: str
    sideways: bool


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text()


def findings(page: Page, *, anew: bool = False) -> list[str]:
    """What the rules find on the page as it stands, and which of its texts and targets, of those
    that are like none before, are not readable or too small; one line each. `anew`: on a frame that
    is known, too."""
    fresh = _fresh(page)
    known = not anew and fresh.frame in _framed
    found = _run(page, _all_rules(), fresh, framed=known)
    if not found:
        _framed.add(fresh.frame)
    return found


def findings_narrow(page: Page) -> list[str]:
    """The same after the page, kept by `KEEP`, has become narrow."""
    changed = set(page.evaluate(CHANGED)) - _narrowed
    if not changed:
        fresh = _fresh(page)
        some = fresh.texts or fresh.targets
        return _run(page, _only(TARGETS, CONTRAST), fresh) if some else _sideways(fresh)
    found = findings(page, anew=True)
    if not found:
        _narrowed.update(changed)
    return found


def findings_within(page: Page, sheet: str) -> list[str]:
    """What is found within what has opened over the page: the page below is as it was."""
    return _run(page, _all_rules(), _fresh(page, sheet), sheet)


def contrast(page: Page, sheet: str = "") -> list[str]:
    """Which texts, of those that are like none before, are not readable."""
    fresh = replace(_fresh(page, sheet), targets=[])
    return _run(page, _only(CONTRAST), fresh) if fresh.texts else []


def _fresh(page: Page, sheet: str = "") -> Fresh:
    """Of the page, or within the sheet."""
    said = page.evaluate(GATHER, sheet)
    said["texts"] = [key for key in said["texts"] if key not in _measured]
    said["targets"] = [key for key in said["targets"] if key not in _aimed]
    return Fresh(**said)


def _all_rules() -> dict[str, Any]:
    return {"rules": {name: {"enabled": True} for name in MORE}}


def _only(*names: str) -> dict[str, Any]:
    return {"runOnly": {"type": "rule", "values": names}}


def _run(
    page: Page, options: dict[str, Any], fresh: Fresh, sheet: str = "", *, framed: bool = False
) -> list[str]:
    """What axe finds; what is fresh is known when it is right."""
    options |= {"resultTypes": ["violations"], "preload": False}
    given = asdict(fresh) | {"sheet": sheet, "framed": framed, "options": options}
    found = page.evaluate(RUN, given)
    if found is None:
        _bring_axe(page)
        found = page.evaluate(RUN, given)
    for rule, known, keys in (CONTRAST, _measured, fresh.texts), (TARGETS, _aimed, fresh.targets):
        if not any(line.startswith(f"{rule}: ") for line in found):
            known.update(keys)
    return [*found, *_sideways(fresh)]


def _sideways(fresh: Fresh) -> list[str]:
    return [SIDEWAYS] if fresh.sideways else []


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
    found = _said(f"{light}, {wide['width']}", findings(page))
    page.evaluate(KEEP)
    show(page, dark, narrow)
    found += _said(f"{dark}, {narrow['width']}", findings_narrow(page))
    for width in OTHER_WIDTHS:
        page.set_viewport_size({"width": width, "height": 600})
        found += _said(str(width), [SIDEWAYS] if overflows(page) else [])
    show(page, light, wide)
    return found


def at_a_glance(page: Page, sheet: str = "") -> list[str]:
    """The same for a part that has been opened on a page, which stands light, at the width it has.
    `sheet`: the selector of what lies over the page."""
    found = findings_within(page, sheet) if sheet else findings(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += _said("dark", contrast(page, sheet))
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found


def show(page: Page, scheme: Scheme, size: ViewportSize) -> None:
    """Bring the page to a look. A colour on its way to another would be measured on its way."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    if page.viewport_size != size:
        page.set_viewport_size(size)


def _said(where: str, lines: list[str]) -> list[str]:
    return [f"{where}: {line}" for line in lines]


def overflows(page: Page) -> bool:
    """Whether the page as a whole scrolls sideways, or would have to."""
    return bool(page.evaluate(OVERFLOWS))
