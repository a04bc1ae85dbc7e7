"""What every page is held to: no finding of axe, in light and in dark, wide and narrow."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 800}


def findings(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line each."""
    answer = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in answer.response["violations"]
        for node in violation["nodes"]
    ]


def findings_in_every_look(page: Page) -> list[str]:
    """The same in both colour schemes and at both widths, each line saying where."""
    found = []
    for scheme in ("light", "dark"):
        # A colour on its way to another would be measured as it happens to be.
        page.emulate_media(
            color_scheme="light" if scheme == "light" else "dark", reduced_motion="reduce"
        )
        for name, size in (("wide", WIDE), ("narrow", NARROW)):
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            found += [f"{scheme}, {name}: {line}" for line in findings(page)]
            if overflows(page):
                found.append(f"{scheme}, {name}: the page scrolls sideways")
    page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
    return found


def overflows(page: Page) -> bool:
    """Whether the page as a whole scrolls sideways."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )
    )
