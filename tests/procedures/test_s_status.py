"""S. Status: what follows from assignments, what is set by hand, and why it is what it is."""

from __future__ import annotations

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.rules.creating import create_assignment
from heliodesk.assignments.rules.ending import (
    complete_assignment,
    reject_assignment,
    withdraw_assignment,
)
from heliodesk.assignments.rules.working import accept_assignment
from heliodesk.cases.models import Case, Status
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.cases.rules.status import customer_replied
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.notices.models import Notice
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.screens import page, send

pytestmark = pytest.mark.django_db


def refer(company: Cast, case: Case) -> CaseAssignment:
    """Frank asks Legal, that is Oscar."""
    return create_assignment(
        case,
        department=company.legal,
        reason=company.legal_reason,
        comments="An attorney wrote.",
        by=actor(company.frank),
    )


def test_s1_while_an_assignment_is_open_it_is_internal_referral(company: Cast) -> None:
    case = cast.case(company)
    refer(company, case)
    case.refresh_from_db()
    assert case.status == Status.INTERNAL_REFERRAL
    refused = send(
        company.frank, f"{case.get_absolute_url()}status/", 422, status="awaiting_support"
    )
    assert "until the last of them has ended" in refused


def test_s1_it_stays_so_until_the_last_has_ended(company: Cast) -> None:
    case = cast.case(company, status=Status.AWAITING_CUSTOMER)
    first, second = refer(company, case), refer(company, case)
    reject_assignment(first, reason="Not ours.", by=actor(company.oscar))
    case.refresh_from_db()
    assert case.status == Status.INTERNAL_REFERRAL
    withdraw_assignment(second, by=actor(company.frank))
    case.refresh_from_db()
    assert case.status == Status.AWAITING_SUPPORT
    send(company.frank, f"{case.get_absolute_url()}status/", status="awaiting_customer")


@pytest.mark.parametrize("start", [Status.NEW, Status.AWAITING_SUPPORT])
def test_s2_the_owner_sets_the_two_awaiting_statuses(company: Cast, start: Status) -> None:
    case = cast.case(company, status=start)
    address = f"{case.get_absolute_url()}status/"
    send(company.frank, address, status="awaiting_customer")
    send(company.sue, address, status="awaiting_support")
    case.refresh_from_db()
    assert case.status == Status.AWAITING_SUPPORT
    for by_hand in ("new", "internal_referral", "closed"):
        assert "is not set by hand" in send(company.frank, address, 422, status=by_hand)
    assert "Only the case owner" in send(company.bea, address, 403, status="awaiting_customer")


def test_s3_a_customers_reply_ends_the_waiting(company: Cast) -> None:
    case = cast.case(company, status=Status.AWAITING_CUSTOMER)
    by = actor(company.fiona)
    item = record(case, kinds.INTERACTION, body="Sent the bill.", by=by)
    assert customer_replied(case, item=item, by=by).status == Status.AWAITING_SUPPORT
    again = record(case, kinds.INTERACTION, body="And the next.", by=by)
    customer_replied(case, item=again, by=by)
    assert Notice.objects.get(item=again).recipient == company.frank


def test_s3_on_a_case_with_a_department_the_owner_is_told_and_the_status_stays(
    company: Cast,
) -> None:
    case = cast.case(company)
    refer(company, case)
    by = actor(company.fiona)
    record_interaction(case=case, channel="phone", about="Any news?", resolved=False, by=by)
    case.refresh_from_db()
    assert case.status == Status.INTERNAL_REFERRAL
    assert Notice.objects.get(kind="customer").recipient == company.frank


def test_s4_what_departments_do_moves_last_modified_only_with_the_status(
    company: Cast, still: Clock
) -> None:
    case = cast.case(company)
    made, before = refer(company, case), still.at
    oscar = actor(company.oscar)
    still.move(hours=1)
    accept_assignment(made, by=oscar)
    again = refer(company, case)
    reject_assignment(again, reason="Asked twice.", by=oscar)
    case.refresh_from_db()
    assert case.last_modified_at == before
    complete_assignment(made, resolution="Answered.", by=oscar)
    case.refresh_from_db()
    assert case.last_modified_at == still.at


def test_s4_a_comment_moves_neither_status_nor_last_modified(company: Cast, still: Clock) -> None:
    case = cast.case(company, status=Status.AWAITING_CUSTOMER)
    before = still.at
    still.move(hours=1)
    send(company.fiona, f"{case.get_absolute_url()}posts/", body="They called again.")
    case.refresh_from_db()
    assert (case.status, case.last_modified_at) == (Status.AWAITING_CUSTOMER, before)
    send(company.frank, f"{case.get_absolute_url()}status/", status="awaiting_support")
    case.refresh_from_db()
    assert case.last_modified_at == still.at


def test_s5_the_case_says_why_its_status_is_what_it_is(company: Cast) -> None:
    case = cast.case(company)
    address = case.get_absolute_url()
    assert "No case assignment yet." in page(company.frank, address)
    refer(company, case)
    shown = page(company.frank, address)
    assert "1 of 1 assignments open: Legal." in shown
    assert "becomes Awaiting Customer Support" in shown
    reject_assignment(refer(company, case), reason="Asked twice.", by=actor(company.oscar))
    cast.assignment(company, case)
    assert "2 of 3 assignments open: Legal, Sales." in page(company.frank, address)
    waiting = cast.case(company, status=Status.AWAITING_CUSTOMER)
    shown = page(company.frank, waiting.get_absolute_url())
    assert "Frank Tester waits for the customer&#39;s reply." in shown
