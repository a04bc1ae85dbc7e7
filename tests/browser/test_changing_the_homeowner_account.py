"""The homeowner of a case changes by its contract, clicked through (H8)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.journeys import fact
from tests.browser.profiles import SignIn
from tests.cast import Cast, case


def test_homeowner_and_address_follow_the_contract(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.frank, made.get_absolute_url())
    page.get_by_role("link", name="Change Contract", exact=True).click()
    search = page.get_by_label("Search the right contract")
    expect(search).to_be_focused()
    search.fill("C-2001")
    search.press("Enter")
    page.get_by_role("link", name="C-2001", exact=True).click()
    will = page.get_by_role("table", name="What will follow")
    expect(will.get_by_role("row").filter(has_text="Property address")).to_contain_text(
        "14 Fir Lane"
    )
    expect(page.get_by_label("Contact Name", exact=True)).to_have_value(
        str(firm.neighbour_contact.pk)
    )
    page.get_by_role("button", name="Change contract").click()
    expect(page.locator(".highlights__number")).to_have_text(made.display_number)
    expect(fact(page, "Customer")).to_contain_text(firm.neighbour.name)
    expect(fact(page, "Property address")).to_have_text(firm.neighbour_contract.address)
    event = page.locator("#feed article").filter(has_text="changed the contract")
    expect(event).to_contain_text("from C-1001 to C-2001")
    expect(event).to_contain_text(f"from {firm.homeowner.name} to {firm.neighbour.name}")
    made.refresh_from_db()
    assert (made.account, made.contact) == (firm.neighbour, firm.neighbour_contact)


def test_a_cancelled_contract_asks_before_the_case_goes_under_it(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.frank, f"{made.get_absolute_url()}contract/?contract=C-0999")
    page.get_by_role("button", name="Change contract").click()
    yes = page.get_by_role("checkbox", name="Yes, this is the intended action")
    expect(yes).to_have_attribute("aria-invalid", "true")
    yes.check()
    page.get_by_role("button", name="Change contract").click()
    expect(page.get_by_text(f"{firm.frank.name} confirmed")).to_be_visible()
    expect(fact(page, "Contract")).to_contain_text("C-0999")


def test_only_the_owner_and_supervisors_are_offered_it(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.fiona, made.get_absolute_url())
    expect(page.get_by_role("link", name="Change Contract")).to_have_count(0)
    page.goto(page.url + "contract/?contract=C-2001")
    expect(page.get_by_role("alert")).to_contain_text("K7")
