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

    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/?all=closed_at:on:**")
    expect(page.locator("tbody tr[data-row]")).to_have_count(1)


def _ends(words: str) -> re.Pattern[str]:
    return re.compile(f"{words}$")
