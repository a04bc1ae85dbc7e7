"""Creating a case assignment, and all that its case's owner does with it (A1 to A7, X2, F1)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.rules.ending import return_assignment
from heliodesk.cases.models import Status
from heliodesk.people.models import Department, ReferralReason, ReferralSubtype, Topic
from tests.browser.profiles import Profiles, SignIn, settled, sign_in
from tests.cast import Cast, actor, assignment, case, department

PICK = re.compile(r"/js/pick\.")  # the module


@pytest.fixture
def dp(firm: Cast) -> Department:
    """Document processing: one reason with subtypes, one without."""
    made = department("DP", "dp", firm.oscar, description="Documents that have to be signed.")
    order = ReferralReason.objects.create(department=made, name="Change order")
    for name in ("Design", "Adder"):
        ReferralSubtype.objects.create(reason=order, name=name)
    ReferralReason.objects.create(department=made, name="Document rejected in review")
    return made


@pytest.fixture
def maintenance(firm: Cast) -> Department:
    """Operations and Maintenance, which divides its work by topics."""
    made = department("Operations and Maintenance", "operations", firm.oscar)
    ReferralReason.objects.create(department=made, name="Low production")
    for name in ("Omnidian", "Workout Plans"):
        Topic.objects.create(department=made, name=name)
    return made


@pytest.fixture
def specialist(firm: Cast) -> Department:
    """The Resolution Specialist, after whose refusal a case is voided."""
    made = department("Resolution Specialist", "resolution", firm.oscar, voids_case=True)
    ReferralReason.objects.create(department=made, name="Cancellation dispute")
    return made


def begin(page: Page, choice: Department) -> Locator:
    """Choose the department; gives the second step."""
    page.get_by_role("link", name="New", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=choice.name).check()
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_role("heading", name=f"New case assignment: {choice}")).to_be_visible()
    settled(page)
    return dialog


def save(dialog: Locator, comments: str) -> None:
    """Say what is asked, and send it."""
    dialog.get_by_label("Referral Comments").fill(comments)
    dialog.get_by_role("button", name="Create assignment").click()


def card(page: Page, words: str) -> Locator:
    """The card of an assignment on the tab."""
    return page.locator(".assignment").filter(has_text=words)


def is_referred(page: Page) -> None:
    """The case is Internal Referral."""
    expect(page.locator(".path [aria-current=step]")).to_have_text("Internal Referral")


def test_for_dp_a_subtype_is_asked_for_only_where_the_reason_has_any(
    as_: SignIn, firm: Cast, dp: Department
) -> None:
    page = as_(firm.frank, case(firm).get_absolute_url())
    page.get_by_role("link", name="Case Assignments").click()
    expect(page.get_by_text("No case assignment yet", exact=True)).to_be_visible()
    dialog = begin(page, dp)
    expect(dialog.get_by_label("Account Manager")).to_have_count(0)
    expect(dialog.get_by_label("Topic")).to_have_count(0)
    subtype = dialog.get_by_label("Referral Subtype")
    dialog.get_by_label("Referral Reason").select_option("Document rejected in review")
    expect(subtype).to_be_hidden()
    dialog.get_by_label("Referral Reason").select_option("Change order")
    expect(subtype).to_be_visible()
    save(dialog, "A second inverter.")
    refused = dialog.get_by_text("Choose the Referral Subtype of “Change order”.")
    expect(refused).to_be_visible()
    subtype.select_option("Adder")
    save(dialog, "A second inverter.")
    shown = card(page, "Change order › Adder")
    expect(shown).to_contain_text("A second inverter.")
    expect(shown).to_contain_text("Open")
    is_referred(page)
    expect(page.get_by_text("1 of 1 assignments open: DP.")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="asks DP")).to_be_visible()


def test_from_the_case_to_a_suggested_assignment_by_a_few_keys(as_: SignIn, firm: Cast) -> None:
    firm.autopay.sop_text = "Look at the code of the **bank** first."
    firm.autopay.suggested_department = firm.legal
    firm.autopay.suggested_reason = firm.legal_reason
    firm.autopay.save()
    page = as_(firm.frank, case(firm).get_absolute_url())
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Look at the code of the bank first.")).to_be_visible()
    expect(dialog.get_by_role("radio", name="Legal")).to_be_focused()
    page.keyboard.press("Enter")
    comments = dialog.get_by_label("Referral Comments")
    expect(comments).to_be_focused()
    page.keyboard.type("She was charged twice.")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.textContent.trim()") != "Create assignment":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card(page, "Attorney letter")).to_contain_text("She was charged twice.")
    is_referred(page)


def test_for_sales_the_managers_are_filled_in_and_can_be_changed(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, f"{case(firm).get_absolute_url()}?tab=assignments")
    dialog = begin(page, firm.sales)
    expect(dialog.get_by_label("Account Manager")).to_have_value(firm.sue.name)
    expect(dialog.get_by_label("Sales Manager")).to_have_value(firm.ada.name)
    source = "From the parent account of Maria Delgado, Brightfield Solar."
    expect(dialog.get_by_text(source)).to_be_visible()
    dialog.get_by_label("Account Manager").fill("dora")
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("Account Manager")).to_have_value(firm.dora.name)
    save(dialog, "Who promised six free months?")
    shown = card(page, "Sales promise")
    expect(shown).to_contain_text(firm.dora.name)
    expect(shown).to_contain_text(firm.ada.name)


def test_who_is_typed_before_the_field_can_propose_is_found_all_the_same(
    as_: SignIn, profiles: Profiles, firm: Cast
) -> None:
    page = as_(firm.frank)
    profiles.spoil(page)
    late: list[Route] = []
    page.route(PICK, lambda route: late.append(route))
    address = f"{case(firm).get_absolute_url()}assignments/new/?department={firm.sales.slug}"
    with page.expect_request(PICK):
        page.evaluate("address => location.assign(address)", address)
    manager = page.get_by_label("Account Manager")
    manager.fill("dora")
    page.keyboard.press("Enter")
    expect(manager).to_have_value("dora")
    late[0].continue_()
    expect(manager).to_have_value(firm.dora.name)
    expect(page.get_by_role("heading", name="New case assignment")).to_be_visible()


def test_for_operations_and_maintenance_the_topic_is_asked_for(
    as_: SignIn, firm: Cast, maintenance: Department
) -> None:
    page = as_(firm.frank, f"{case(firm).get_absolute_url()}?tab=assignments")
    dialog = begin(page, maintenance)
    save(dialog, "Half of the expected kilowatt hours.")
    expect(dialog.get_by_text("Choose the topic")).to_be_visible()
    expect(dialog.get_by_label("Topic")).to_be_focused()
    dialog.get_by_label("Topic").select_option("Workout Plans")
    dialog.get_by_role("button", name="Create assignment").click()
    expect(card(page, "Low production")).to_contain_text("Workout Plans")


def test_back_keeps_what_was_typed_and_so_does_a_reload(
    as_: SignIn, firm: Cast, dp: Department
) -> None:
    page = as_(firm.frank, f"{case(firm).get_absolute_url()}?tab=assignments")
    dialog = begin(page, firm.legal)
    dialog.get_by_label("Referral Comments").fill("An attorney wrote twice.")
    dialog.get_by_role("button", name="Back").click()
    expect(dialog.get_by_role("radio", name="Legal")).to_be_checked()
    dialog.get_by_role("radio", name="DP").check()
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_label("Referral Comments")).to_have_value("An attorney wrote twice.")
    with page.expect_response(lambda answer: answer.url.endswith("/drafts/")):
        dialog.get_by_label("Referral Reason").select_option("Change order")
    page.reload()
    dialog = begin(page, dp)
    expect(dialog.get_by_label("Referral Comments")).to_have_value("An attorney wrote twice.")
    expect(dialog.get_by_label("Referral Reason").locator(":checked")).to_have_text("Change order")


def test_returned_by_the_resolution_specialist_the_case_is_voided(
    as_: SignIn, firm: Cast, specialist: Department
) -> None:
    made = case(firm)
    page = as_(firm.frank, f"{made.get_absolute_url()}?tab=assignments")
    save(begin(page, specialist), "She wants out.")
    is_referred(page)
    asked = CaseAssignment.objects.get()
    return_assignment(asked, reason="Never signed.", by=actor(firm.oscar))
    assignment(firm, made)
    page.reload()
    panel = page.locator(".note").filter(has_text="Resolution Specialist returned it")
    expect(panel).to_contain_text("Never signed.")
    panel.get_by_role("link", name="Close as Case Voided").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Sales: Sales promise")
    dialog.get_by_role("button", name="Close as Case Voided").click()
    expect(page.locator(".note").filter(has_text="Closed: Case Voided")).to_be_visible()
    expect(page.get_by_role("link", name="New", exact=True)).to_have_count(0)
    assert set(made.assignments.values_list("status", flat=True)) == {"returned", "withdrawn"}


def test_closing_names_what_is_open_and_withdraws_what_is_ticked(as_: SignIn, firm: Cast) -> None:
    made = case(firm, status=Status.INTERNAL_REFERRAL)
    assignment(firm, made)
    assignment(firm, made, department=firm.legal, reason=firm.legal_reason)
    page = as_(firm.frank, made.get_absolute_url())
    page.get_by_role("link", name="Close", exact=True).click()
    dialog = page.get_by_role("dialog")
    why = dialog.get_by_label("Why they are withdrawn")
    expect(why).to_be_hidden()
    dialog.get_by_role("checkbox", name="Sales").check()
    why.fill("Settled by phone.")
    dialog.get_by_label("Closed Reason").select_option("Resolved")
    dialog.get_by_role("button", name="Close case").click()
    expect(dialog.get_by_role("alert")).to_contain_text("1 case assignment is open: Legal.")
    expect(why).to_have_value("Settled by phone.")
    expect(dialog.get_by_role("checkbox", name="Sales")).to_be_checked()
    dialog.get_by_role("checkbox", name="Legal").check()
    dialog.get_by_role("button", name="Close case").click()
    expect(page.locator(".note").filter(has_text="Closed: Resolved")).to_be_visible()
    made.refresh_from_db()
    assert made.status == Status.CLOSED


def test_one_press_asks_after_it_and_one_more_dialog_withdraws_it(as_: SignIn, firm: Cast) -> None:
    made = case(firm, status=Status.INTERNAL_REFERRAL)
    assignment(firm, made)
    page = as_(firm.frank, f"{made.get_absolute_url()}?tab=assignments")
    page.get_by_role("button", name="Follow up").click()
    expect(card(page, "Sales promise")).to_contain_text("left to answer")
    expect(page.get_by_role("button", name="Follow up")).to_have_count(0)
    expect(page.locator("#feed")).to_contain_text("how does CA-")
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_role("dialog").get_by_label("Why it is withdrawn").fill("Found out myself.")
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    expect(card(page, "Sales promise")).to_contain_text("Withdrawn by Frank Tester")
    current = page.locator(".path [aria-current=step]")
    expect(current).to_have_text("Awaiting Customer Support")


def test_without_script_the_two_steps_are_pages(
    profiles: Profiles, live_server: LiveServer, firm: Cast, dp: Department
) -> None:
    made = case(firm)
    page = sign_in(profiles.special(java_script_enabled=False), firm.frank, live_server)
    page.goto(f"{live_server.url}{made.get_absolute_url()}?tab=assignments")
    page.get_by_role("link", name="New", exact=True).click()
    page.get_by_role("radio", name="DP").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Referral Comments").fill("A second inverter.")
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Referral Comments")).to_have_value("A second inverter.")
    page.get_by_label("Referral Reason").select_option("Change order")
    page.get_by_role("button", name="Create assignment").click()
    expect(page.get_by_text("Choose the Referral Subtype of “Change order”.")).to_be_visible()
    page.get_by_label("Referral Subtype").select_option("Adder")
    page.get_by_role("button", name="Create assignment").click()
    expect(card(page, "Change order › Adder")).to_be_visible()
    page.get_by_role("button", name="Follow up").click()
    expect(card(page, "Change order › Adder")).to_contain_text("left to answer")
    page.get_by_role("link", name="Close", exact=True).click()
    page.get_by_role("checkbox", name="DP").check()
    page.get_by_label("Closed Reason").select_option("Resolved")
    page.get_by_role("button", name="Close case").click()
    expect(page.locator(".note").filter(has_text="Closed: Resolved")).to_be_visible()
