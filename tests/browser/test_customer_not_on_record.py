"""A homeowner who is not in the system, from the call to the contract (N5, H8)."""

from __future__ import annotations

from playwright.sync_api import expect

from heliodesk.cases.models import Case
from tests.browser.journeys import create, fact, fill_request, number_of
from tests.browser.profiles import SignIn
from tests.cast import Cast, contract, homeowner


def test_the_queue_completes_it_when_the_contract_comes(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"/accounts/{firm.org.pk}/")
    page.get_by_role("link", name="Homeowner not on record").click()
    page.get_by_label("Homeowner's name").fill("Noor Haddad")
    page.get_by_role("textbox", name="Phone").fill("(559) 555-0188")
    page.get_by_label("Property address").fill("77 Orchard Way, Fresno, CA 93650")
    fill_request(page, firm, "Her panels went up, and she has heard nothing since.")
    expect(page.get_by_role("checkbox", name="Hand it to the homeowner")).to_be_checked()
    create(page)
    number_of(page)
    made = Case.objects.get()
    assert made.owner_queue == firm.homeowner_queue
    expect(page.locator(".highlights__kind")).to_contain_text("Customer not on record")

    account, signer = homeowner("Noor Haddad", firm.org)
    contract("C-3001", account, street="77 Orchard Way")

    page = as_(firm.bea, "/queues/homeowner/")
    page.get_by_role("button", name=f"Take {made.display_number}").click()
    page.get_by_role("status").get_by_role("link", name=made.display_number).click()
    proposal = page.locator(".note").filter(has_text="not on record")
    expect(proposal).to_contain_text("C-3001")
    expect(proposal).to_contain_text("same address and name")
    proposal.get_by_role("link", name="Put it under C-3001").click()
    page.get_by_role("button", name="Change contract").click()
    expect(page.locator(".highlights__kind")).not_to_contain_text("not on record")
    expect(fact(page, "Contract")).to_contain_text("C-3001")
    made.refresh_from_db()
    assert (made.account, made.contact, made.contract_gap) == (account, signer, "")


def test_somebody_who_is_on_record_after_all_is_proposed_while_one_types(
    as_: SignIn, firm: Cast
) -> None:
    page = as_(firm.frank, f"/accounts/{firm.org.pk}/not-on-record/new/")
    page.get_by_label("Homeowner's name").press_sequentially("Tom Okafor", delay=5)
    matching = page.get_by_role("region", name="Matching cases")
    expect(matching).to_contain_text("Maybe on record after all")
    expect(matching.get_by_role("link", name=firm.neighbour_contract.contract_id)).to_be_visible()


def test_a_way_to_reach_them_is_needed(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"/accounts/{firm.org.pk}/not-on-record/new/")
    page.get_by_label("Homeowner's name").fill("Noor Haddad")
    page.get_by_label("Property address").fill("77 Orchard Way, Fresno")
    fill_request(page, firm, "Nobody calls her back.")
    create(page)
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    expect(page.get_by_label("Homeowner's name")).to_have_value("Noor Haddad")
    assert not Case.objects.exists()
