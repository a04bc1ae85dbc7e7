"""A contract that ends says so on its open cases (D3)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Status
from heliodesk.cases.rules.contract_ending import say_contract_is_ending
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def test_open_cases_say_so_and_their_owners_are_told(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    queued = cast.case(company, owner_queue=company.homeowner_queue)
    cast.case(company, status=Status.CLOSED)
    modified = still.at
    still.move(hours=1)
    company.contract.status = "pending_cancellation"
    company.contract.save()

    said = say_contract_is_ending(company.contract, by=actor(company.bea))

    assert said == [case, queued]
    items = FeedItem.objects.filter(kind="contract_ending").order_by("case_id")
    assert [item.data for item in items] == [
        {"contract": "C-1001", "status": "Pending Cancellation"}
    ] * 2
    told = Notice.objects.values_list("recipient__username", "kind").order_by("case_id")
    assert list(told) == [("frank", "contract_ending"), ("bob", "contract_ending")]
    case.refresh_from_db()
    assert case.last_modified_at == modified
