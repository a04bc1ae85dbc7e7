"""What is set by hand, what the system sets, and what a customer's reply does (S1, S2, S3)."""

from __future__ import annotations

import pytest

from heliodesk.assignments.models import AssignmentStatus, CaseAssignment
from heliodesk.cases.models import Case, Status
from heliodesk.cases.rules.status import customer_replied, set_status, settle
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed import kinds
from heliodesk.feed.models import FeedItem
from heliodesk.feed.record import record
from heliodesk.notices.models import Notice
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def assign(company: Cast, case: Case, **fields: object) -> CaseAssignment:
    return cast.assignment(company, case, **fields)


def end(assignment: CaseAssignment, still: Clock) -> None:
    assignment.status = AssignmentStatus.COMPLETED
    assignment.assignee = assignment.ended_by = assignment.created_by
    assignment.accepted_at = assignment.ended_at = still.at
    assignment.outcome = "Asked the rep."
    assignment.save()


def test_the_owner_waits_for_the_customer(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(hours=1)
    set_status(case, Status.AWAITING_CUSTOMER, by=actor(company.frank))
    case.refresh_from_db()
    assert (case.status, case.last_modified_at) == (Status.AWAITING_CUSTOMER, still.at)
    assert FeedItem.objects.get().data == {
        "old": "New",
        "new": "In Progress - Awaiting Customer Response",
    }


@pytest.mark.parametrize("status", [Status.NEW, Status.INTERNAL_REFERRAL, Status.CLOSED, "odd"])
def test_the_others_are_not_set_by_hand(company: Cast, status: str) -> None:
    with pytest.raises(Refused, match="not set by hand") as refused:
        set_status(cast.case(company), status, by=actor(company.sue))
    assert (refused.value.rule, refused.value.field) == ("S2", "status")


def test_not_what_it_is_already(company: Cast) -> None:
    case = cast.case(company, status=Status.AWAITING_SUPPORT)
    with pytest.raises(Refused, match="already"):
        set_status(case, Status.AWAITING_SUPPORT, by=actor(company.frank))


def test_not_by_a_member_of_the_queue_before_taking_it(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    with pytest.raises(NotPermitted, match="take it first"):
        set_status(case, Status.AWAITING_CUSTOMER, by=actor(company.bea))


def test_not_on_a_closed_case(company: Cast) -> None:
    case = cast.case(company, status=Status.CLOSED)
    with pytest.raises(Refused) as refused:
        set_status(case, Status.AWAITING_SUPPORT, by=actor(company.frank))
    assert refused.value.rule == "X6"


def test_not_while_an_assignment_stands(company: Cast) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    assign(company, case)
    with pytest.raises(Refused, match="open with Sales") as refused:
        set_status(case, Status.AWAITING_SUPPORT, by=actor(company.frank))
    assert refused.value.rule == "S1"


def test_the_first_assignment_makes_it_internal_referral(company: Cast) -> None:
    case = cast.case(company)
    assign(company, case)
    assert settle(case, by=actor(company.frank)).status == Status.INTERNAL_REFERRAL
    assert FeedItem.objects.get().kind == "status"


def test_another_assignment_changes_nothing(company: Cast) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    assign(company, case)
    settle(case, by=actor(company.frank))
    assert not FeedItem.objects.exists()


def test_the_end_of_the_last_one_brings_it_to_support(company: Cast, still: Clock) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    first, last = assign(company, case), assign(company, case)
    end(first, still)
    assert settle(case, by=actor(company.dora)).status == Status.INTERNAL_REFERRAL
    end(last, still)
    assert settle(case, by=actor(company.dora)).status == Status.AWAITING_SUPPORT


@pytest.mark.parametrize("status", [Status.NEW, Status.AWAITING_CUSTOMER, Status.CLOSED])
def test_without_assignments_it_keeps_its_status(company: Cast, status: Status) -> None:
    case = cast.case(company, status=status)
    assert settle(case, by=actor(company.frank)).status == status


def test_a_reply_ends_the_waiting_for_the_customer(company: Cast) -> None:
    case = cast.case(company, status=Status.AWAITING_CUSTOMER)
    by = actor(company.fiona)
    item = record(case, kinds.INTERACTION, body="Sent the bill.", by=by)
    assert customer_replied(case, item=item, by=by).status == Status.AWAITING_SUPPORT
    assert FeedItem.objects.filter(kind="status").count() == 1
    assert not Notice.objects.exists()


@pytest.mark.parametrize("status", [Status.NEW, Status.AWAITING_SUPPORT])
def test_on_another_open_case_the_owner_is_told(company: Cast, status: Status) -> None:
    case = cast.case(company, status=status)
    by = actor(company.fiona)
    item = record(case, kinds.INTERACTION, body="Asks again.", by=by)
    assert customer_replied(case, item=item, by=by).status == status
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.item) == (company.frank, "customer", item)


def test_where_a_queue_owns_it_its_members_are_told(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    by = actor(company.bea)
    item = record(case, kinds.INTERACTION, body="Asks again.", by=by)
    customer_replied(case, item=item, by=by)
    assert Notice.objects.get().recipient == company.bob


def test_on_a_closed_case_nothing_happens(company: Cast) -> None:
    case = cast.case(company, status=Status.CLOSED)
    by = actor(company.fiona)
    item = record(case, kinds.INTERACTION, body="Thanks!", by=by)
    assert customer_replied(case, item=item, by=by).is_closed
    assert not Notice.objects.exists()
