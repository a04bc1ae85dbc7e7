"""The main job on a company's own records: an empty desk with its default set-up, and accounts,
contacts and contracts from CSV files as Salesforce writes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from heliodesk.cases.models import Case, Status
from heliodesk.directory.models import Contract
from heliodesk.people.models import Queue, QueueMembership, Role, User
from heliodesk.worklists.queries import names
from tests.browser.journeys import create, fact, number_of, search
from tests.browser.profiles import SignIn
from tests.cast import user

ACCOUNTS = """\
"Id","Name","ParentId","RecordType.Name","Phone","BillingStreet","BillingCity","BillingState"
"0015e00002AbCdEAAV","Zürich Peña","0015e00002AbCdFAAV","Homeowner","+1 (415) 555-0199","88 Hill
Apt 4","Daly City","CA"
"0015e00002AbCdFAAV","Møller & Sons Solar","","Installer","","1 Dock Rd","Oakland","CA"
"""
CONTACTS = """\
"Id","AccountId","FirstName","LastName","Email","MobilePhone","Title"
"0035e00001XyZaAAAV","0015e00002AbCdEAAV","Zürich","Peña","z.pena@example.org","415-555-0199",\
"Primary Signer"
"0035e00001XyZbAAAV","0015e00002AbCdFAAV","Ola","Møller","ola@example.com","","Operations"
"""
CONTRACTS = """\
"Id","AccountId","ContractNumber","Status","Installer__c","ShippingStreet","ShippingCity",\
"ShippingState","ShippingPostalCode"
"8005e000001QwErAAK","0015e00002AbCdEAAV","00004711","Activated","0015e00002AbCdFAAV",\
"88 Hill St","Daly City","CA","94014"
"8005e000001QwEsAAK","0015e00002AbCdEAAV","00004002","Terminated","0015e00002AbCdFAAV",\
"88 Hill St","Daly City","CA","94014"
"8005e000001QwEtAAK","0015e00009NobodyAAK","00009999","Activated","","1 Nowhere","","",""
"""
SAID = "The bill of October is twice that of September; she wants to know why."


@dataclass
class Desk:
    """The people of a desk that has nothing else yet."""

    agent: User
    member: User


@pytest.fixture
def own(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty desk, its default set-up, two people, and the directory brought in."""
    monkeypatch.setattr(names, "_kept", names.Names())
    call_command("load_defaults", verbosity=0)
    desk = Desk(agent=user("amy", Role.FRONTLINE), member=user("ben", Role.BACK_OFFICE))
    queue = Queue.objects.get(case_type="homeowner")
    QueueMembership.objects.create(queue=queue, user=desk.member)
    for name, text in {"Account": ACCOUNTS, "Contact": CONTACTS, "Contract": CONTRACTS}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    call_command("import_directory", tmp_path, yes=True, verbosity=0)
    return desk


def test_from_the_call_to_the_closed_case(as_: SignIn, own: Desk) -> None:
    assert Contract.objects.count() == 2, "the contract of nobody is refused, the others are in"
    page = as_(own.agent, "/")
    search(page, "415 555 0199")
    page.get_by_role("link", name="Zürich Peña", exact=True).click()
    lines = page.locator(".contract-line")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("00004711")
    lines.first.get_by_role("link", name="New Case").click()
    expect(page.locator("main")).to_contain_text("88 Hill St, Daly City, CA 94014")
    expect(page.get_by_label("Associated Installer")).to_have_value("Møller & Sons Solar")
    page.get_by_label("Customer Request Type").select_option("Billing and payments")
    page.get_by_label("Customer Request Subtype").select_option("Bill higher than expected")
    page.get_by_label("Case Description").fill(SAID)
    page.get_by_label("Case Source").select_option("Phone")
    create(page)
    number = number_of(page)
    expect(fact(page, "Customer")).to_have_text("Zürich Peña")
    page.get_by_role("link", name="Change Owner").click()
    page.get_by_role("button", name="Change owner").click()
    expect(page.get_by_role("dialog")).to_have_count(0)

    page = as_(own.member, "/")
    page.get_by_role("button", name="Take next").click()
    expect(page.locator(".highlights__number")).to_have_text(number)
    page.get_by_role("link", name="Log Review").click()
    page.get_by_label("Comments").fill("Current Status: an estimated reading. Corrected.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#feed")).to_contain_text("an estimated reading")
    page.get_by_role("link", name="Close", exact=True).click()
    page.get_by_label("Closed Reason").select_option(index=1)
    page.get_by_role("button", name="Close case").click()
    expect(page.get_by_role("link", name="Reopen")).to_be_visible()
    made = Case.objects.get()
    assert (made.status, made.owner_agent) == (Status.CLOSED, own.member)


def test_the_contract_that_was_terminated_asks_first(as_: SignIn, own: Desk) -> None:
    page = as_(own.agent, "/")
    search(page, "00004002")
    expect(page.get_by_role("heading", level=1)).to_have_text("00004002")
    page.get_by_role("link", name="New Case").click()
    warning = page.locator(".note--warning")
    expect(warning).to_contain_text("Cancelled")
    expect(warning).to_contain_text("00004711")


def test_an_installer_case_at_an_org_of_ones_own(as_: SignIn, own: Desk) -> None:
    page = as_(own.agent, "/")
    search(page, "moller")
    page.get_by_role("link", name="Møller & Sons Solar", exact=True).first.click()
    page.get_by_role("link", name="New Case").click()
    page.get_by_label("Contact Name").click()
    page.locator(".combobox__option").first.click()
    page.get_by_label("Customer Request Type").select_option(index=1)
    subtype = page.get_by_label("Customer Request Subtype")
    subtype.select_option(subtype.locator("optgroup:not([disabled]) option").first.inner_text())
    page.get_by_label("Case Description").fill("The portal refuses their site plans.")
    page.get_by_label("Case Source").select_option("Email")
    create(page)
    number_of(page)
    made = Case.objects.get()
    assert (made.account.name, made.contact and made.contact.name) == (
        "Møller & Sons Solar",
        "Ola Møller",
    )
