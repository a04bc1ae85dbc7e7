"""Creating a homeowner case, clicked through (B1 to B6, H1 to H7)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from heliodesk.cases.models import Case, CaseType
from tests.browser.journeys import create, fact, fill_request, number_of, search
from tests.browser.profiles import Profiles, SignIn
from tests.cast import Cast, case

SAID = "Autopay was charged twice in October; she wants the second charge back."


class Clicks:
    """Counts what an agent clicks in a page."""

    def __init__(self, page: Page) -> None:
        self.count = 0
        page.expose_function("clicked", self._add)
        page.add_init_script("addEventListener('click', e => e.isTrusted && clicked(), true)")

    def _add(self) -> None:
        self.count += 1


@pytest.mark.parametrize("typed", ["Delgado", "619 555 0143", "12 Fir"])
def test_what_the_caller_says_leads_to_the_account(as_: SignIn, firm: Cast, typed: str) -> None:
    page = as_(firm.frank, "/")
    search(page, typed)
    page.get_by_role("link", name=firm.homeowner.name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(firm.homeowner.name)


def test_from_the_phone_number_to_the_saved_case(
    as_: SignIn, firm: Cast, profiles: Profiles
) -> None:
    page = as_(firm.frank, "/")
    profiles.spoil(page)
    clicks = Clicks(page)
    page.goto(page.url)
    search(page, "delgado")
    page.get_by_role("link", name=firm.homeowner.name, exact=True).click()
    page.get_by_role("link", name=firm.contract.contract_id, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(firm.contract.contract_id)
    page.get_by_role("link", name="New Case").click()
    expect(page.get_by_label("Contact Name", exact=True)).to_have_value(str(firm.signer.pk))
    expect(page.get_by_label("Associated Installer")).to_have_value(firm.org.name)
    expect(page.locator("main")).to_contain_text(firm.contract.address)
    fill_request(page, firm, SAID)
    create(page)
    number = number_of(page)
    # The account, its contract, New Case, Create: three ways and one send.
    assert clicks.count == 4
    toast = page.get_by_role("status").filter(has_text=number)
    expect(toast.get_by_role("link", name=number)).to_be_visible()
    made = Case.objects.get()
    assert (made.owner_agent, made.contract, made.contact) == (
        firm.frank,
        firm.contract,
        firm.signer,
    )
    expect(fact(page, "Case owner")).to_have_text(firm.frank.name)
    expect(fact(page, "Property address")).to_have_text(firm.contract.address)


def test_one_begins_in_the_first_field_that_is_empty_and_reads_a_warning_first(
    as_: SignIn, firm: Cast
) -> None:
    page = as_(firm.frank, f"/accounts/{firm.homeowner.pk}/")
    page.keyboard.press("c")
    expect(page.get_by_label("Customer Request Type")).to_be_focused()
    page.goto(page.url.replace(firm.contract.contract_id, firm.cancelled.contract_id))
    expect(page.get_by_label("Customer Request Type")).not_to_be_focused()
    page.goto(page.url.split("/contracts/")[0] + f"/accounts/{firm.org.pk}/cases/new/")
    expect(page.get_by_role("combobox", name="Contact Name")).to_be_focused()
    page.goto(page.url.replace("cases/new", "not-on-record/new"))
    expect(page.get_by_label("Homeowner's name")).to_be_focused()


def test_narrow_one_is_led_to_the_matching_cases_below(as_: SignIn, firm: Cast) -> None:
    path = f"/contracts/{firm.contract.contract_id}/cases/new/"
    page = as_(firm.frank, path)
    page.set_viewport_size({"width": 640, "height": 800})  # 1280 at 200 %
    below = page.get_by_role("link", name="Matching cases stand below")
    expect(below).to_be_hidden()
    case(firm)
    page.reload()
    below.click()
    expect(page.get_by_label("None of these is the same issue")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(below).to_be_hidden()


def test_the_case_stands_under_contact_contract_and_account(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"/contracts/{firm.contract.contract_id}/cases/new/")
    fill_request(page, firm, SAID)
    create(page)
    number = number_of(page)
    for path in (
        f"/contacts/{firm.signer.pk}/",
        f"/contracts/{firm.contract.contract_id}/",
        f"/accounts/{firm.homeowner.pk}/",
    ):
        page.locator(f"main a[href='{path}']").first.click()
        page.wait_for_url(f"**{path}")
        page.locator("main").get_by_role("link", name=number).click()
        expect(page.locator(".highlights__number")).to_have_text(number)


def test_an_account_offers_the_active_contract_first(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"/accounts/{firm.homeowner.pk}/")
    contracts = page.locator("#contracts .contract-line")
    expect(contracts.first).to_contain_text(firm.contract.contract_id)
    page.get_by_role("navigation", name="On this page").get_by_role(
        "link", name="Contracts"
    ).click()
    contracts.first.get_by_role("link", name="New Case").click()
    page.wait_for_url(f"**/contracts/{firm.contract.contract_id}/cases/new/")


def test_matching_cases_appear_while_one_types(as_: SignIn, firm: Cast) -> None:
    alike = case(firm, contract=firm.contract)
    page = as_(firm.frank, f"/contracts/{firm.contract.contract_id}/cases/new/")
    matching = page.get_by_role("region", name="Matching cases")
    expect(matching).to_contain_text(alike.display_number)
    page.get_by_label("Case Description").press_sequentially("charged twice in October", delay=5)
    expect(matching.get_by_text("alike")).to_be_visible()
    expect(page.get_by_label("Case Description")).to_be_focused()


def test_another_case_is_created_only_after_saying_that_it_is_another_issue(
    as_: SignIn, firm: Cast
) -> None:
    alike = case(firm)
    page = as_(firm.frank, f"/contracts/{firm.contract.contract_id}/cases/new/")
    fill_request(page, firm, SAID)
    create(page)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("B6")
    expect(page.get_by_label("Case Description")).to_have_value(SAID)
    assert Case.objects.count() == 1
    page.get_by_role("checkbox", name="None of these is the same issue").check()
    create(page)
    made = Case.objects.get(number=int(number_of(page)))
    expect(page.locator("#feed")).to_contain_text(alike.display_number)
    assert made.contract == firm.contract


def test_the_interaction_is_left_on_the_case_that_exists(as_: SignIn, firm: Cast) -> None:
    alike = case(firm, owner_agent=firm.bea)
    page = as_(firm.frank, f"/contracts/{firm.contract.contract_id}/cases/new/")
    fill_request(page, firm, SAID)
    page.get_by_role("button", name="Leave it on this case").click()
    expect(page.locator(".highlights__number")).to_have_text(alike.display_number)
    expect(page.locator("#feed")).to_contain_text(SAID)
    assert Case.objects.count() == 1
    bell = as_(firm.bea, "/")
    expect(bell.get_by_role("link", name="Notices, 1 unread")).to_be_visible()


def test_a_cancelled_contract_asks_for_a_deliberate_yes(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"/contracts/{firm.cancelled.contract_id}/cases/new/")
    warning = page.locator(".note--warning")
    expect(warning).to_contain_text("Is a case on it the intended action?")
    expect(warning.get_by_role("link", name="open the case on it instead")).to_be_visible()
    fill_request(page, firm, SAID)
    create(page)
    yes = page.get_by_role("checkbox", name="Yes, this is the intended action")
    expect(yes).to_have_attribute("aria-invalid", "true")
    assert not Case.objects.exists()
    yes.check()
    create(page)
    number_of(page)
    expect(page.get_by_text(f"{firm.frank.name} confirmed")).to_be_visible()
    assert Case.objects.get().contract == firm.cancelled


def test_a_subtype_is_offered_only_for_the_chosen_type(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"/contracts/{firm.contract.contract_id}/cases/new/")
    subtype = page.get_by_label("Customer Request Subtype")
    page.get_by_label("Customer Request Type").select_option(firm.performance.name)
    subtype.select_option(firm.low_production.name)
    page.get_by_label("Customer Request Type").select_option(firm.billing.name)
    expect(subtype).to_have_value("")
    shown = subtype.locator("option").evaluate_all(
        "all => all.filter(o => o.value && !o.closest('optgroup').disabled).map(o => o.text)"
    )
    assert shown == [firm.autopay.name]


def test_an_unresolved_interaction_leads_on_to_the_case_with_nothing_typed_twice(
    as_: SignIn, firm: Cast
) -> None:
    page = as_(firm.frank, f"/contracts/{firm.contract.contract_id}/")
    page.get_by_role("link", name="Log interaction").click()
    page.get_by_label("What about").fill(SAID)
    page.get_by_role("button", name="Follow-up needed: new case").click()
    expect(page.get_by_label("Case Description")).to_have_value(SAID)
    expect(page.get_by_label("Case Source")).to_have_value(str(firm.phone.pk))
    page.get_by_label("Customer Request Type").select_option(firm.billing.name)
    page.get_by_label("Customer Request Subtype").select_option(firm.autopay.name)
    create(page)
    number_of(page)
    made = Case.objects.get()
    assert (made.case_type, made.description) == (CaseType.HOMEOWNER, SAID)
    assert made.interactions.get().about == SAID


def test_a_resolved_interaction_stays_on_the_record_without_a_case(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"/accounts/{firm.homeowner.pk}/")
    page.get_by_role("link", name="Log interaction").click()
    page.get_by_label("What about").fill("Asked for the date of the next bill.")
    page.get_by_role("button", name="Resolved, no case").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(firm.homeowner.name)
    expect(page.get_by_text("Asked for the date of the next bill.")).to_be_visible()
    assert not Case.objects.exists()
