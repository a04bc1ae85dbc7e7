"""A frontline agent hands a case to the back office, clicked through (Q1, Q2, Q5)."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from heliodesk.people.models import DeskSettings
from tests.browser.profiles import SignIn
from tests.cast import Cast, case, installer_case

ESCALATION = "Write what the customer was promised, by whom, and until when."


def change_owner(page: Page) -> None:
    """Open the dialog."""
    page.get_by_role("link", name="Change Owner").click()
    expect(page.get_by_role("dialog", name="Change Owner")).to_be_visible()


def test_the_queue_of_the_type_is_offered_first(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.frank, made.get_absolute_url())
    change_owner(page)
    expect(page.get_by_label("New owner")).to_have_value(firm.homeowner_queue.name)
    page.get_by_role("button", name="Change owner").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#feed")).to_contain_text(
        f"{firm.frank.name} changed the owner from {firm.frank.name} to {firm.homeowner_queue.name}"
    )
    expect(page.locator(".path [aria-current=step]")).to_have_text("New")
    waiting = as_(firm.bea, "/queues/homeowner/")
    expect(waiting.get_by_role("link", name=made.display_number)).to_be_visible()


def test_an_installer_case_is_offered_the_installer_queue(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, installer_case(firm).get_absolute_url())
    change_owner(page)
    expect(page.get_by_label("New owner")).to_have_value(firm.installer_queue.name)


def test_an_escalation_shows_its_text_and_asks_for_the_reason(as_: SignIn, firm: Cast) -> None:
    settings = DeskSettings.current()
    settings.escalation_text = ESCALATION
    settings.save()
    made = case(firm)
    page = as_(firm.frank, made.get_absolute_url())
    change_owner(page)
    expect(page.get_by_text(ESCALATION)).to_be_hidden()
    page.get_by_role("checkbox", name="This is an escalation").check()
    expect(page.get_by_text(ESCALATION)).to_be_visible()
    page.get_by_role("button", name="Change owner").click()
    expect(page.get_by_text("Say why the case is escalated.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="This is an escalation")).to_be_checked()
    page.get_by_label("Reason").fill("The sales rep promised a battery by Friday.")
    page.get_by_role("button", name="Change owner").click()
    event = page.locator("#feed article").filter(has_text="escalated the case")
    expect(event).to_contain_text("promised a battery by Friday")


def test_a_person_is_found_by_typing_and_told(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.frank, made.get_absolute_url())
    change_owner(page)
    page.get_by_label("New owner").fill("fio")
    page.keyboard.press("Enter")
    expect(page.get_by_label("New owner")).to_have_value(firm.fiona.name)
    page.get_by_role("button", name="Change owner").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    desk = as_(firm.fiona, "/")
    expect(desk.get_by_role("link", name="Notices, 1 unread")).to_be_visible()
    expect(desk.get_by_role("link", name=made.display_number, exact=True)).to_be_visible()


def test_somebody_else_is_told_who_may(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.fiona, case(firm).get_absolute_url())
    refused = page.get_by_role("button", name="Change Owner")
    expect(refused).to_have_attribute("aria-disabled", "true")
    refused.hover()
    expect(page.get_by_role("tooltip").filter(has_text="Q5")).to_be_visible()
