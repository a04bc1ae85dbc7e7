"""Closing a case, reopening it once and soon, and continuing it later (X1 to X6)."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Page, expect

from heliodesk.cases.models import Case, Closure, Status
from heliodesk.cases.rules.reopening import reopen
from heliodesk.core import clock
from tests.browser.profiles import SignIn
from tests.cast import Cast, actor, assignment, case


def close(page: Page, reason: str, note: str = "") -> None:
    """Close the case that the page shows."""
    page.get_by_role("link", name="Close", exact=True).click()
    page.get_by_label("Closed Reason").select_option(reason)
    page.get_by_label("Note").fill(note)
    page.get_by_role("button", name="Close case").click()


def closed(firm: Cast, hours: float) -> Case:
    """A case that was closed so long ago."""
    now = clock.now()
    return case(
        firm,
        status=Status.CLOSED,
        created_at=now - timedelta(hours=hours + 24),
        closed_at=now - timedelta(hours=hours),
    )


def test_a_case_is_closed_with_a_reason_and_says_when_by_whom_and_its_age(
    as_: SignIn, firm: Cast
) -> None:
    made = case(firm, created_at=clock.now() - timedelta(days=2, hours=3))
    page = as_(firm.frank, made.get_absolute_url())
    close(page, "Resolved", "Refunded on Friday.")
    note = page.locator(".note").filter(has_text="Closed: Resolved")
    expect(note).to_be_visible()
    expect(note).to_contain_text(firm.frank.name)
    expect(note).to_contain_text("2 d 3 h")
    expect(note).to_contain_text("Refunded on Friday.")
    expect(page.locator("#main")).to_be_focused()  # what led to it, the link to close, is gone
    page.get_by_role("link", name="Reopen").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Reopen")).to_be_focused()


def test_closing_needs_a_reason(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.frank, made.get_absolute_url())
    page.get_by_role("link", name="Close", exact=True).click()
    page.get_by_label("Note").fill("Nothing more to do.")
    page.get_by_role("button", name="Close case").click()
    expect(page.get_by_label("Closed Reason")).to_be_focused()
    expect(page.get_by_label("Note")).to_have_value("Nothing more to do.")
    made.refresh_from_db()
    assert made.status == Status.NEW


def test_open_assignments_are_named_and_keep_the_case_open(as_: SignIn, firm: Cast) -> None:
    made = case(firm, status=Status.INTERNAL_REFERRAL)
    assignment(firm, made)
    page = as_(firm.frank, made.get_absolute_url())
    close(page, "Resolved")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("Sales")
    expect(dialog.get_by_role("alert")).to_contain_text("X2")
    made.refresh_from_db()
    assert made.status == Status.INTERNAL_REFERRAL


def test_any_agent_reopens_it_once_within_six_hours(as_: SignIn, firm: Cast) -> None:
    made = closed(firm, 5)
    page = as_(firm.fiona, made.get_absolute_url())
    expect(page.get_by_text("can be reopened for another")).to_be_visible()
    page.get_by_role("link", name="Reopen").click()
    page.get_by_role("button", name="Reopen").click()
    expect(page.locator(".path [aria-current=step]")).to_have_text("Awaiting Customer Support")
    expect(page.locator(".highlights__facts")).to_contain_text(firm.frank.name)


def test_a_second_time_it_stays_closed_and_a_new_case_continues_it(as_: SignIn, firm: Cast) -> None:
    made = closed(firm, 1)
    reopen(made, by=actor(firm.frank))
    page = as_(firm.frank, made.get_absolute_url())
    close(page, "Resolved")
    refused = page.get_by_role("button", name="Reopen")
    expect(refused).to_have_attribute("aria-disabled", "true")
    refused.hover()
    expect(page.get_by_role("tooltip").filter(has_text="reopened before")).to_be_visible()
    expect(page.get_by_role("link", name="New case from it").first).to_be_visible()
    assert Closure.objects.filter(case=made).count() == 2


def test_later_a_new_case_is_filled_in_from_the_old_one_and_linked_to_it(
    as_: SignIn, firm: Cast
) -> None:
    made = closed(firm, 7)
    page = as_(firm.fiona, made.get_absolute_url())
    expect(page.get_by_role("button", name="Reopen")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("link", name="New case from it").first.click()
    expect(page.get_by_label("Case Description")).to_have_value(made.description)
    expect(page.get_by_label("Customer Request Subtype")).to_have_value(str(firm.autopay.pk))
    dismiss = page.get_by_role("checkbox", name="None of these")
    if dismiss.count():
        dismiss.check()
    page.get_by_role("button", name="Create case").click()
    expect(page.locator(".highlights__number")).not_to_have_text(made.display_number)
    expect(page.get_by_role("link", name=made.display_number).first).to_be_visible()
    new = Case.objects.exclude(pk=made.pk).get()
    assert (new.previous_case, new.owner_agent) == (made, firm.fiona)
    page.goto(page.url.replace(new.display_number, made.display_number))
    expect(page.get_by_role("link", name=new.display_number).first).to_be_visible()


def test_on_a_closed_case_people_still_post_but_edit_nothing(as_: SignIn, firm: Cast) -> None:
    page = as_(firm.frank, closed(firm, 7).get_absolute_url())
    expect(page.get_by_role("link", name="Edit")).to_have_count(0)
    page.get_by_label("Post to the feed").fill("The refund has arrived.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#feed article").filter(has_text="The refund has arrived.")).to_be_visible()
