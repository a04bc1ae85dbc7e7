"""What every page is held to: no finding of axe, in light and in dark, wide and narrow."""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

NARROW: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 800}


def findings(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line each."""
    answer = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in answer.response["violations"]
        for node in violation["nodes"]
    ]


def findings_in_every_look(page: Page) -> list[str]:
    """The same in light, wide, and in dark, narrow, each line saying where. Colours do not hang on
    the width, nor the layout on the colours: the other two pairs would find nothing more."""
    found = []
    looks: list[tuple[Literal["light", "dark"], str, ViewportSize]] = [
        ("dark", "narrow", NARROW),
        ("light", "wide", WIDE),
    ]
    for scheme, name, size in looks:
        # A colour on its way to another would be measured as it happens to be.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(size)
        found += [f"{scheme}, {name}: {line}" for line in findings(page)]
        if overflows(page):
            found.append(f"{scheme}, {name}: the page scrolls sideways")
    return found


def overflows(page: Page) -> bool:
    """Whether the page as a whole scrolls sideways."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )
    )
