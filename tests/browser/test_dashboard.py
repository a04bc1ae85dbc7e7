"""The team dashboard in a browser: charts by keyboard, and what axe says (V5)."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import expect

from heliodesk.cases.models import Status
from heliodesk.core import clock
from tests.browser.looks import findings_in_every_look, overflows
from tests.browser.profiles import SignIn
from tests.cast import Cast, assignment, case

HERE = "/dashboards/team/"
#: Tables wider than their panel, and heads that lie on their first row.
SPOILT = """() => [...document.querySelectorAll(".dash .panel table:not(.hidden-text table)")]
  .filter((table) => table.clientWidth > table.closest(".panel").clientWidth + 1
    && !table.closest(".dash-scroll")
    || table.tHead.lastElementChild.lastElementChild.getBoundingClientRect().bottom
      > table.tBodies[0].rows[0].getBoundingClientRect().top + 1)
  .map((table) => table.ariaLabel)"""


def test_a_supervisor_goes_through_a_chart_by_arrows_and_opens_the_cases_of_a_bar(
    as_: SignIn, firm: Cast
) -> None:
    now = clock.now()
    for days in (0, 2, 2, 9):
        case(firm, owner_agent=firm.bea, created_at=now - timedelta(days=days))
    closed = now - timedelta(days=2)
    case(firm, created_at=closed, status=Status.CLOSED, closed_at=closed)
    asked = case(firm, status=Status.INTERNAL_REFERRAL, created_at=now - timedelta(days=5))
    assignment(firm, asked)
    firm.bea.name = "Maximiliana-Josefine von Hohenberg-Castellanos"
    firm.bea.save(update_fields=["name"])
    page = as_(firm.sue)

    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url(f"**{HERE}")
    expect(page.locator(".dash")).to_have_css("display", "grid")  # by the page's own style sheet
    chart = page.get_by_role("group", name="Chart: Created and closed")
    expect(chart.locator("a[tabindex='0']")).to_have_count(1)
    chart.locator("a[tabindex='0']").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    focused = page.locator("a.chart__figure:focus")
    expect(focused).to_have_attribute("aria-label", _ends("1 Closed"))
    expect(page.locator(".chart-tip")).to_contain_text("1 Closed")
    assert findings_in_every_look(page) == []
    assert not overflows(page)
    for width in (1440, 1160, 800):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SPOILT) == []

    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/?all=closed_at:on:**")
    expect(page.locator("tbody tr[data-row]")).to_have_count(1)


def _ends(words: str) -> re.Pattern[str]:
    return re.compile(f"{words}$")


def test_all_places_of_a_supervisor_are_on_a_narrow_screen(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.sue)
    rail = page.get_by_role("navigation", name="Desk")
    for width in (390, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert rail.evaluate("rail => rail.scrollWidth <= rail.clientWidth"), width
        expect(rail.get_by_role("link", name="Dashboards")).to_be_in_viewport(ratio=1)
