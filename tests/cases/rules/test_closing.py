"""Closing refuses for every reason it has (X1, X2, X6, K7)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Closure, Status
from heliodesk.cases.rules.closing import close
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def test_the_owner_closes_with_a_reason_and_a_note(company: Cast, still: Clock) -> None:
    case = cast.case(company)

    closure = close(case, reason=company.resolved, note=" Refunded. ", by=actor(company.frank))

    case.refresh_from_db()
    assert (case.status, case.closed_at) == (Status.CLOSED, still.at)
    assert (closure.reason, closure.note) == (company.resolved, "Refunded.")
    assert case.last_modified_at == still.at
    item = FeedItem.objects.get(case=case, kind="closed")
    assert (item.author, item.data, item.body) == (
        company.frank,
        {"reason": "Resolved"},
        "Refunded.",
    )
    assert AuditEntry.objects.filter(subject_id=case.pk, kind="closed", origin="test").exists()


def test_a_supervisor_closes_a_case_of_another(company: Cast) -> None:
    close(cast.case(company), reason=company.resolved, by=actor(company.sue))
    assert Closure.objects.get().closed_by == company.sue


@pytest.mark.parametrize("who", ["fiona", "bea", "dora"])
def test_nobody_else_closes(company: Cast, who: str) -> None:
    with pytest.raises(NotPermitted, match="Only the case owner") as refused:
        close(cast.case(company), reason=company.resolved, by=actor(getattr(company, who)))
    assert refused.value.rule == "K7"


def test_a_member_of_the_owning_queue_takes_it_first(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    with pytest.raises(NotPermitted, match="take it first"):
        close(case, reason=company.resolved, by=actor(company.bea))


def test_a_reason_is_needed_and_has_to_be_offered(company: Cast) -> None:
    case = cast.case(company)
    with pytest.raises(Refused, match="Choose a Closed Reason") as none:
        close(case, reason=None, by=actor(company.frank))
    with pytest.raises(Refused, match="not a reason one can choose"):
        close(case, reason=company.duplicate, by=actor(company.frank))
    assert none.value.field == "reason"


def test_not_while_an_assignment_stands(company: Cast) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    cast.assignment(company, case)
    with pytest.raises(Refused, match="Sales") as refused:
        close(case, reason=company.resolved, by=actor(company.frank))
    assert refused.value.rule == "X2"


def test_not_twice(company: Cast) -> None:
    case = cast.case(company)
    close(case, reason=company.resolved, by=actor(company.frank))
    with pytest.raises(Refused, match="close it again"):
        close(case, reason=company.resolved, by=actor(company.frank))
    assert Closure.objects.count() == 1
