"""Creating an installer case, clicked through (N1 to N4, N6)."""

from __future__ import annotations

from playwright.sync_api import expect

from heliodesk.cases.models import Case, CaseType
from heliodesk.directory.models import Contact, ContactRole
from tests.browser.journeys import create, fact, fill_request, number_of, search
from tests.browser.profiles import SignIn
from tests.cast import Cast

SAID = "The portal refuses their site plans since Monday."


def test_from_the_org_with_one_of_its_contacts(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, "/")
    search(page, "brightfield")
    page.get_by_role("link", name=firm.org.name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(firm.org.name)
    page.get_by_role("link", name="New Case").click()
    page.get_by_label("Contact Name").fill(firm.org_contact.name[:3])
    page.keyboard.press("Enter")
    expect(page.get_by_label("Contact Name")).to_have_value(firm.org_contact.name)
    fill_request(page, firm, SAID)
    create(page)
    number = number_of(page)
    expect(page.get_by_role("status").filter(has_text=number)).to_be_visible()
    made = Case.objects.get()
    assert (made.case_type, made.account, made.contact) == (
        CaseType.INSTALLER,
        firm.org,
        firm.org_contact,
    )
    expect(fact(page, "Case owner")).to_have_text(firm.frank.name)


def test_from_a_contact_who_is_given_then(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"/contacts/{firm.org_contact.pk}/")
    page.get_by_role("link", name="New Case").click()
    expect(page.locator("main")).to_contain_text(firm.org_contact.name)
    expect(page.get_by_label("Contact Name")).to_have_count(0)
    fill_request(page, firm, SAID)
    create(page)
    number = number_of(page)
    assert Case.objects.get().contact == firm.org_contact
    page.goto(page.url.split("/cases")[0] + f"/contacts/{firm.org_contact.pk}/")
    expect(page.get_by_role("link", name=number)).to_be_visible()


def test_neither_contact_nor_sales_rep_is_refused_with_nothing_lost(
    as_: SignIn, firm: Cast
) -> None:
    page = as_(firm.frank, f"/accounts/{firm.org.pk}/cases/new/")
    fill_request(page, firm, SAID)
    create(page)
    expect(page.get_by_label("Contact Name")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("main").get_by_role("link", name="N2")).to_be_visible()
    expect(page.get_by_label("Case Description")).to_have_value(SAID)
    assert not Case.objects.exists()


def test_a_sales_rep_without_a_record_stands_in_the_description(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"/accounts/{firm.org.pk}/cases/new/")
    page.get_by_text("A sales rep without a contact record").click()
    page.get_by_label("Sales rep's name").fill("Casey Doyle")
    page.get_by_label("Sales rep's email").fill("casey@brightfield.example")
    page.get_by_role("checkbox", name="Create the contact record").uncheck()
    fill_request(page, firm, SAID)
    create(page)
    number_of(page)
    made = Case.objects.get()
    assert made.contact is None
    assert "Casey Doyle" in made.description
    assert "casey@brightfield.example" in made.description
    expect(page.locator("main")).to_contain_text("Casey Doyle")
    assert not Contact.objects.filter(name="Casey Doyle").exists()


def test_the_contact_record_is_made_from_the_sales_rep(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"/accounts/{firm.org.pk}/cases/new/")
    page.get_by_text("A sales rep without a contact record").click()
    page.get_by_label("Sales rep's name").fill("Casey Doyle")
    page.get_by_label("Sales rep's email").fill("casey@brightfield.example")
    fill_request(page, firm, SAID)
    create(page)
    number_of(page)
    casey = Contact.objects.get(name="Casey Doyle")
    assert (casey.account, casey.role) == (firm.org, ContactRole.SALES_REP)
    assert Case.objects.get().contact == casey


def test_a_case_about_a_job_keeps_the_job_id(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"/contacts/{firm.org_contact.pk}/cases/new/")
    fill_request(page, firm, SAID)
    page.get_by_label("Job ID").fill("J-4711")
    create(page)
    number = number_of(page)
    expect(fact(page, "Job ID")).to_have_text("J-4711")
    expect(page.locator("main")).to_contain_text(f"Related Case ({number})")
