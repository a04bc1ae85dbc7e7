"""What an agent does again and again, said once for the tests."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.cast import Cast


def search(page: Page, words: str) -> None:
    """Type into the search field on top, and press Enter."""
    field = page.get_by_label("Search cases, contracts, names, phones")
    field.fill(words)
    field.press("Enter")


def fill_request(page: Page, firm: Cast, description: str) -> None:
    """The fields of a new case that the system cannot know: type, subtype, description, source."""
    page.get_by_label("Customer Request Type").select_option(firm.billing.name)
    page.get_by_label("Customer Request Subtype").select_option(firm.autopay.name)
    page.get_by_label("Case Description").fill(description)
    page.get_by_label("Case Source").select_option(firm.phone.name)


def create(page: Page) -> None:
    """Send the form of a new case."""
    page.get_by_role("button", name="Create case").click()


def number_of(page: Page) -> str:
    """The number of the case that the page shows."""
    number = page.locator(".highlights__number")
    expect(number).to_be_visible()
    return number.inner_text()


def fact(page: Page, label: str) -> Locator:
    """What stands under a label in the strip on top of a record, which a swap may still change."""
    facts = page.locator(".highlights__facts .fact")
    return facts.filter(has_text=label).locator("dd")
