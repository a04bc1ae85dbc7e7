"""A case that should be voided: when, by whom, and in one action (A6)."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.queries import voiding
from heliodesk.assignments.rules.creating import create_assignment
from heliodesk.assignments.rules.ending import (
    complete_assignment,
    reject_assignment,
    return_assignment,
    withdraw_assignment,
)
from heliodesk.assignments.rules.voiding import void_case
from heliodesk.assignments.rules.working import accept_assignment
from heliodesk.cases.models import Case, ClosedReason, Closure, Status
from heliodesk.cases.queries.case_record import get_case_record
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.people.access import SYSTEM
from heliodesk.people.models import Department, ReferralReason
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def needs_voiding(case: Case) -> CaseAssignment | None:
    """What the rule finds; the page of the case finds the same."""
    found = voiding.needs_voiding(case)
    shown = voiding.refusal(get_case_record(case.number, by=SYSTEM).refusal)
    assert (shown and shown.number) == (str(found) if found else None)
    return found


@pytest.fixture
def specialist(company: Cast) -> ReferralReason:
    """A reason of the Resolution Specialist, who is Oscar."""
    made = cast.department("Resolution Specialist", "resolution", company.oscar, voids_case=True)
    return ReferralReason.objects.create(department=made, name="Cancellation dispute")


def ask(company: Cast, case: Case, reason: ReferralReason, **fields: Any) -> CaseAssignment:
    department: Department = reason.department
    return create_assignment(
        case,
        department=department,
        reason=reason,
        comments="She wants out of the contract.",
        by=actor(company.frank),
        **fields,
    )


@pytest.fixture
def case(company: Cast, specialist: ReferralReason, still: Clock) -> Case:
    """A case that the Resolution Specialist returned an hour ago."""
    made = cast.case(company)
    asked = ask(company, made, specialist)
    still.move(hours=1)
    return_assignment(asked, reason="No dispute.", by=actor(company.oscar))
    still.move(hours=1)
    return Case.objects.get(pk=made.pk)


def test_rejected_or_returned_the_case_needs_voiding(
    company: Cast, specialist: ReferralReason
) -> None:
    for end in (reject_assignment, return_assignment):
        case = cast.case(company)
        asked = ask(company, case, specialist)
        assert needs_voiding(case) is None
        end(asked, reason="No dispute.", by=actor(company.oscar))
        assert needs_voiding(case) == asked


def test_not_when_completed_or_withdrawn(company: Cast, specialist: ReferralReason) -> None:
    case = cast.case(company)
    asked = accept_assignment(ask(company, case, specialist), by=actor(company.oscar))
    complete_assignment(asked, resolution="Settled.", by=actor(company.oscar))
    withdraw_assignment(ask(company, case, specialist), by=actor(company.frank))
    assert needs_voiding(case) is None


def test_not_after_the_refusal_of_another_department(company: Cast) -> None:
    case = cast.case(company)
    reject_assignment(
        ask(company, case, company.legal_reason), reason="No.", by=actor(company.oscar)
    )
    assert needs_voiding(case) is None


def test_a_new_assignment_to_that_department_clears_it(
    company: Cast, case: Case, specialist: ReferralReason
) -> None:
    ask(company, case, company.legal_reason)
    assert needs_voiding(case) is not None
    again = ask(company, case, specialist)
    assert needs_voiding(case) is None
    withdraw_assignment(again, by=actor(company.frank))
    assert needs_voiding(case) is None


def test_the_latest_that_ended_decides(
    company: Cast, specialist: ReferralReason, still: Clock
) -> None:
    case = cast.case(company)
    first, second = ask(company, case, specialist), ask(company, case, specialist)
    oscar = actor(company.oscar)
    still.move(hours=1)
    reject_assignment(first, reason="Twice.", by=oscar)
    assert needs_voiding(case) == first
    still.move(hours=1)
    complete_assignment(accept_assignment(second, by=oscar), resolution="Settled.", by=oscar)
    assert needs_voiding(case) is None


def test_the_owner_voids_it_in_one_action(company: Cast, case: Case) -> None:
    closure = void_case(case, withdraw_rest=False, note=" As told. ", by=actor(company.frank))
    assert (closure.reason, closure.note) == (company.voided, "As told.")
    assert Case.objects.get().status == Status.CLOSED
    assert needs_voiding(case) is None


def test_what_is_still_open_is_withdrawn_only_if_said_so(company: Cast, case: Case) -> None:
    open_still = [ask(company, case, company.legal_reason) for _ in range(2)]
    with pytest.raises(Refused, match="2 case assignments are open: Legal, Legal") as refused:
        void_case(case, withdraw_rest=False, by=actor(company.sue))
    assert refused.value.rule == "X2"
    void_case(case, withdraw_rest=True, by=actor(company.sue))
    for asked in open_still:
        asked.refresh_from_db()
        assert (asked.status, asked.ended_by) == ("withdrawn", company.sue)
        assert asked.outcome.startswith("The case is voided: see CA-")
    assert Closure.objects.get().reason == company.voided


@pytest.mark.parametrize("who", ["fiona", "bea", "oscar"])
def test_nobody_else_voids_it(company: Cast, case: Case, who: str) -> None:
    with pytest.raises(NotPermitted, match="Only the case owner"):
        void_case(case, withdraw_rest=True, by=actor(getattr(company, who)))


def test_a_member_of_the_owning_queue_takes_it_first(company: Cast, case: Case) -> None:
    Case.objects.update(owner_agent=None, owner_queue=company.homeowner_queue)
    with pytest.raises(NotPermitted, match="take it first"):
        void_case(case, withdraw_rest=True, by=actor(company.bea))


def test_not_what_nobody_refused(company: Cast) -> None:
    with pytest.raises(Refused, match="with a Closed Reason instead") as refused:
        void_case(cast.case(company), withdraw_rest=True, by=actor(company.frank))
    assert (refused.value.code, refused.value.rule) == ("nothing_to_void", "A6")


def test_not_twice(company: Cast, case: Case) -> None:
    void_case(case, withdraw_rest=False, by=actor(company.frank))
    with pytest.raises(Refused, match="The case is closed"):
        void_case(case, withdraw_rest=False, by=actor(company.frank))


def test_without_a_reason_in_the_set_up_nothing_is_withdrawn(company: Cast, case: Case) -> None:
    asked = ask(company, case, company.legal_reason)
    ClosedReason.objects.filter(is_case_voided=True).update(is_active=False)
    with pytest.raises(Refused, match="An administrator marks one") as refused:
        void_case(case, withdraw_rest=True, by=actor(company.frank))
    asked.refresh_from_db()
    assert (refused.value.code, asked.status) == ("case_voided_not_set_up", "open")
