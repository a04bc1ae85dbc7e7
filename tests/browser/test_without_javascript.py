"""The main job as plain links and plain forms, in a browser that runs no script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from heliodesk.cases.models import Case, Status
from heliodesk.people.models import User
from tests.browser.journeys import create, fact, fill_request, number_of, search
from tests.browser.profiles import Profiles, SignIn, sign_in
from tests.cast import Cast, case


@pytest.fixture
def plain(profiles: Profiles, live_server: LiveServer) -> SignIn:
    """A page in which somebody is signed in, in a browser without JavaScript."""

    def open_as(user: User, path: str) -> Page:
        page = sign_in(profiles.special(java_script_enabled=False), user, live_server)
        page.goto(live_server.url + path)
        return page

    return open_as


def test_a_homeowner_case_from_the_search_field_to_the_record(plain: SignIn, firm: Cast) -> None:
    alike = case(firm)
    page = plain(firm.frank, "/")
    search(page, "delgado")
    page.get_by_role("link", name=firm.homeowner.name, exact=True).click()
    page.locator(".contract-line").first.get_by_role("link", name="New Case").click()
    fill_request(page, firm, "Charged twice.")
    create(page)
    expect(page.get_by_role("alert")).to_contain_text("B6")
    expect(page.get_by_label("Case Description")).to_have_value("Charged twice.")
    page.get_by_role("checkbox", name="None of these is the same issue").check()
    create(page)
    number = number_of(page)
    assert number != alike.display_number
    expect(page.get_by_role("status").get_by_role("link", name=number)).to_be_visible()


def test_a_cancelled_contract_asks_first(plain: SignIn, firm: Cast) -> None:
    page = plain(firm.frank, f"/contracts/{firm.cancelled.contract_id}/cases/new/")
    fill_request(page, firm, "Wants the panels taken down.")
    create(page)
    yes = page.get_by_role("checkbox", name="Yes, this is the intended action")
    expect(yes).to_have_attribute("aria-invalid", "true")
    yes.check()
    create(page)
    number_of(page)


def test_another_installer_and_their_contact_are_found_by_name(plain: SignIn, firm: Cast) -> None:
    page = plain(firm.frank, f"/contracts/{firm.contract.contract_id}/cases/new/")
    fill_request(page, firm, "Charged twice.")
    page.get_by_label("Associated Installer").fill(firm.other_org.name)
    page.get_by_role("textbox", name="Installer Contact Name").fill("lee")
    create(page)
    expect(page.get_by_label("Case Description")).to_have_value("Charged twice.")
    expect(page.get_by_role("radio", name=firm.other_org_contact.name)).to_be_checked()
    create(page)
    number_of(page)
    assert Case.objects.get().installer_contact == firm.other_org_contact


def test_take_post_review_close_and_reopen(plain: SignIn, firm: Cast) -> None:
    made = case(firm, owner_queue=firm.homeowner_queue)
    page = plain(firm.bea, "/queues/homeowner/")
    page.get_by_role("button", name=f"Take {made.display_number}").click()
    page.get_by_role("status").get_by_role("link", name=made.display_number).click()
    expect(fact(page, "Case owner")).to_have_text(firm.bea.name)

    page.get_by_label("Post to the feed").fill("The bank has answered.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#feed")).to_contain_text("The bank has answered.")

    page.get_by_role("link", name="Log Review").click()
    page.get_by_label("Comments").fill("ñ" * 1001)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Comments")).to_have_value("ñ" * 1001)
    page.get_by_label("Comments").fill("Refund on its way.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#feed")).to_contain_text("Refund on its way.")

    page.get_by_role("link", name="Close", exact=True).click()
    page.get_by_label("Closed Reason").select_option("Resolved")
    page.get_by_role("button", name="Close case").click()
    expect(page.locator(".note").filter(has_text="Closed: Resolved")).to_be_visible()

    page.get_by_role("link", name="Reopen").click()
    page.get_by_role("button", name="Reopen").click()
    made.refresh_from_db()
    assert made.status == Status.AWAITING_SUPPORT


def test_change_owner_and_take_several(plain: SignIn, firm: Cast) -> None:
    made, other = case(firm), case(firm, owner_queue=firm.homeowner_queue)
    page = plain(firm.frank, made.get_absolute_url())
    page.get_by_role("link", name="Change Owner").click()
    expect(page.get_by_label("New owner")).to_have_value(firm.homeowner_queue.name)
    page.get_by_role("button", name="Change owner").click()
    expect(fact(page, "Case owner")).to_contain_text(firm.homeowner_queue.name)
    page = plain(firm.bea, "/queues/homeowner/")
    for one in (made, other):
        page.get_by_label(f"Select {one.display_number}").check()
    page.get_by_role("button", name="Take selected").click()
    expect(page.get_by_role("status")).to_contain_text("2 cases are yours")
    assert set(Case.objects.values_list("owner_agent", flat=True)) == {firm.bea.pk}
