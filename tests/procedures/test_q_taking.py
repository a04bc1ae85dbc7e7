"""Q3, Q4, Q6: working a queue, as the procedures say it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heliodesk.cases.models import Priority, Status
from heliodesk.cases.rules.taking import take, take_next
from heliodesk.core.refusal import Refused
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.worklists.pages import numbers, page

pytestmark = pytest.mark.django_db


def test_q3_members_open_the_queues_list_in_the_order_of_work(company: Cast, still: Clock) -> None:
    queue = company.homeowner_queue
    old = cast.case(company, owner_queue=queue, created_at=still.at - timedelta(days=2))
    new = cast.case(company, owner_queue=queue)
    high = cast.case(company, owner_queue=queue, priority=Priority.HIGH)
    cast.case(company)  # somebody's already

    in_order = [case.display_number for case in (high, old, new)]
    assert numbers(page(company.bea, "/queues/homeowner/")) == in_order
    by_age = numbers(page(company.bea, "/queues/homeowner/?sort=-created_at"))
    assert by_age[-1] == old.display_number


def test_q4_two_agents_never_get_the_same_case(company: Cast) -> None:
    queue = company.homeowner_queue
    waiting = cast.case(
        company, owner_queue=queue, priority=Priority.HIGH, status=Status.AWAITING_CUSTOMER
    )
    first, second = (cast.case(company, owner_queue=queue) for _ in range(2))

    assert take_next(queue, by=actor(company.bea)) == first  # passes over the waiting one
    assert take_next(queue, by=actor(company.bob)) == second
    with pytest.raises(Refused, match="Bea Tester has this case"):
        take(first, by=actor(company.bob))
    take(waiting, by=actor(company.bob))
    waiting.refresh_from_db()
    assert (waiting.owner_agent, waiting.status) == (company.bob, Status.AWAITING_CUSTOMER)


def test_q6_an_owned_case_stands_on_its_owners_dashboard_at_once(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    assert numbers(page(company.bea, "/")) == []
    take(case, by=actor(company.bea))
    assert numbers(page(company.bea, "/")) == [case.display_number]
