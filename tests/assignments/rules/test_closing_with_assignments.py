"""Closing a case together with what is still open: all of it or nothing (X2)."""

from __future__ import annotations

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.rules.closing import withdraw_and_close
from heliodesk.cases.models import Case, Status
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.notices.models import Notice
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(company: Cast) -> Case:
    """A case that Sales and Legal were asked for; Dora of Sales has accepted it."""
    made = cast.case(company, status=Status.INTERNAL_REFERRAL)
    cast.assignment(company, made, status="accepted")
    cast.assignment(company, made, department=company.legal, reason=company.legal_reason)
    return made


def ids(case: Case) -> list[int]:
    """The assignments of the case."""
    return list(case.assignments.order_by("id").values_list("pk", flat=True))


def test_what_is_named_is_withdrawn_with_the_reason_and_the_case_closes(
    company: Cast, case: Case
) -> None:
    closure = withdraw_and_close(
        case,
        withdraw=ids(case),
        withdrawal_note=" Settled by phone. ",
        reason=company.resolved,
        note="Paid.",
        by=actor(company.frank),
    )
    assert (closure.reason, closure.note) == (company.resolved, "Paid.")
    ended = case.assignments.values_list("status", "outcome", "ended_by")
    assert set(ended) == {("withdrawn", "Settled by phone.", company.frank.pk)}
    told = Notice.objects.filter(kind="assignment_ended").values_list("recipient", flat=True)
    assert set(told) == {company.dora.pk, company.oscar.pk}


def test_one_that_is_not_named_keeps_the_case_open_and_all_stays(company: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="1 case assignment is open: Legal") as refused:
        withdraw_and_close(
            case, withdraw=ids(case)[:1], reason=company.resolved, by=actor(company.frank)
        )
    assert refused.value.rule == "X2"
    assert set(case.assignments.values_list("status", flat=True)) == {"accepted", "open"}


def test_one_that_ended_meanwhile_or_is_of_another_case_is_passed_over(company: Cast) -> None:
    case = cast.case(company)
    ended = cast.assignment(company, case, status="completed")
    other = cast.assignment(company, cast.case(company))
    withdraw_and_close(
        case, withdraw=[ended.pk, other.pk], reason=company.resolved, by=actor(company.frank)
    )
    states = CaseAssignment.objects.order_by("id").values_list("status", flat=True)
    assert list(states) == ["completed", "open"]


def test_it_refuses_as_closing_does(company: Cast, case: Case) -> None:
    with pytest.raises(NotPermitted):
        withdraw_and_close(
            case, withdraw=ids(case), reason=company.resolved, by=actor(company.fiona)
        )
    with pytest.raises(Refused, match="Choose a Closed Reason"):
        withdraw_and_close(case, withdraw=ids(case), reason=None, by=actor(company.frank))
    with pytest.raises(Refused, match="more than") as too_long:
        withdraw_and_close(
            case,
            withdraw=ids(case),
            withdrawal_note="x" * 4001,
            reason=company.resolved,
            by=actor(company.frank),
        )
    assert too_long.value.field == "withdrawal_note"
    assert not Notice.objects.exists()


def test_a_closed_case_is_not_closed_again(company: Cast) -> None:
    case = cast.case(company, status=Status.CLOSED)
    with pytest.raises(Refused, match="The case is closed"):
        withdraw_and_close(case, withdraw=[], reason=company.resolved, by=actor(company.frank))
