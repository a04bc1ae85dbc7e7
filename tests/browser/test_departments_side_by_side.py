"""The owner of a case and a department, each in a browser, and neither reloads (A3 to A6, F2)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.rules.ending import complete_assignment, return_assignment
from heliodesk.assignments.rules.working import accept_assignment
from heliodesk.cases.models import Status
from heliodesk.people.models import ReferralReason
from tests.browser.profiles import SignIn
from tests.cast import Cast, actor, assignment, case, department

pytestmark = pytest.mark.xdist_group("live")  # one process starts the desk

LIST = "/departments/sales/"


def stays(page: Page) -> None:
    """Mark the page, so that a reload would show."""
    page.evaluate("window.here = true")


def stayed(page: Page) -> bool:
    """Whether it is still the page that was marked."""
    return bool(page.evaluate("window.here === true"))


def status_is(page: Page, name: str) -> None:
    """The path of the case stands there."""
    expect(page.locator(".path [aria-current=step]")).to_have_text(name)


def test_an_assignment_goes_there_and_back(live_as: SignIn, firm: Cast) -> None:
    made = case(firm)
    owner = live_as(firm.frank, f"{made.get_absolute_url()}?tab=assignments")
    sales = live_as(firm.dora, LIST)
    stays(sales)
    owner.get_by_role("link", name="New", exact=True).click()
    dialog = owner.get_by_role("dialog")
    dialog.get_by_role("radio", name="Sales").check()
    dialog.get_by_role("button", name="Next").click()
    dialog.get_by_label("Referral Comments").fill("Who promised six free months?")
    dialog.get_by_role("button", name="Create assignment").click()
    status_is(owner, "Internal Referral")
    stays(owner)
    expect(sales.get_by_role("link", name="Notices, 1 unread")).to_be_visible()
    expect(sales.locator(".toast")).to_contain_text("Frank Tester asks your department")
    assert stayed(sales)
    sales.get_by_role("link", name="1 new").click()
    number = str(CaseAssignment.objects.get())
    sales.get_by_role("link", name=number).click()
    sales.get_by_role("button", name="Accept").click()
    card = owner.locator(".assignment")
    expect(card).to_contain_text("Accepted")
    expect(card).to_contain_text("Dora Tester")
    expect(owner.locator("#feed")).to_contain_text("Dora Tester accepted")
    sales.get_by_role("link", name="Complete").click()
    sales.get_by_role("dialog").get_by_role("textbox").fill("The rep did, in writing.")
    sales.get_by_role("dialog").get_by_role("button", name="Complete").click()
    status_is(owner, "Awaiting Customer Support")
    expect(card).to_contain_text("The rep did, in writing.")
    expect(owner.get_by_role("link", name="Notices, 1 unread")).to_be_visible()
    assert stayed(owner)


def test_the_case_beside_the_assignment_is_live_too(live_as: SignIn, firm: Cast) -> None:
    made = case(firm, status=Status.INTERNAL_REFERRAL)
    one = assignment(firm, made)
    owner = live_as(firm.frank, f"/cases/{made.number}/?tab=assignments")
    sales = live_as(firm.dora, f"/assignments/{one}/")
    stays(sales)
    expect(sales.locator(".here")).to_contain_text("Frank Tester")
    expect(owner.locator(".here")).to_contain_text("Dora Tester")
    owner.get_by_role("button", name="Follow up").click()
    expect(sales.locator("#feed")).to_contain_text("how does CA-")
    expect(sales.locator(".note")).to_contain_text("left to answer")
    sales.locator("#post").fill("By Friday.")
    sales.get_by_role("button", name="Post", exact=True).click()
    expect(owner.locator("#feed")).to_contain_text("By Friday.")
    expect(owner.locator(".assignment")).not_to_contain_text("left to answer")
    accept_assignment(one, by=actor(firm.dora))
    expect(sales.get_by_role("button", name="Release")).to_be_visible()
    expect(sales.get_by_role("button", name="Accept")).to_have_count(0)


def test_three_assignments_end_one_after_the_other(live_as: SignIn, firm: Cast) -> None:
    specialist = department("Resolution Specialist", "resolution", firm.oscar, voids_case=True)
    reason = ReferralReason.objects.create(department=specialist, name="Dispute")
    made = case(firm, status=Status.INTERNAL_REFERRAL)
    first = assignment(firm, made)
    legal = assignment(firm, made, department=firm.legal, reason=firm.legal_reason)
    refused = assignment(firm, made, department=specialist, reason=reason)
    owner = live_as(firm.frank, made.get_absolute_url())
    stays(owner)
    expect(owner.locator(".highlights")).to_contain_text("3 of 3 assignments open")
    return_assignment(refused, reason="Never signed.", by=actor(firm.oscar))
    expect(owner.locator(".highlights")).to_contain_text("2 of 3 assignments open")
    expect(owner.get_by_role("link", name="Close as Case Voided")).to_be_visible()
    status_is(owner, "Internal Referral")
    accept_assignment(legal, by=actor(firm.oscar))
    complete_assignment(legal, resolution="Answered.", by=actor(firm.oscar))
    expect(owner.locator(".highlights")).to_contain_text("1 of 3 assignments open: Sales")
    status_is(owner, "Internal Referral")
    accept_assignment(first, by=actor(firm.dora))
    complete_assignment(first, resolution="Asked the rep.", by=actor(firm.dora))
    status_is(owner, "Awaiting Customer Support")
    expect(owner.get_by_role("link", name="Notices, 3 unread")).to_be_visible()
    assert stayed(owner)
