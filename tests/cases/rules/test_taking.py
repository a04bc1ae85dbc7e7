"""Taking gives each case to one agent, and refuses for every reason it has (Q4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heliodesk.cases.models import Priority, Status
from heliodesk.cases.rules.taking import take, take_next
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from heliodesk.people.models import QueueMembership
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def test_a_member_becomes_the_owner(company: Cast, still: Clock) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue, status=Status.AWAITING_SUPPORT)
    still.move(hours=1)

    take(case, by=actor(company.bea))

    case.refresh_from_db()
    assert (case.owner_agent, case.owner_queue) == (company.bea, None)
    assert case.status == Status.AWAITING_SUPPORT  # S2: taking never changes it
    assert (case.last_modified_at, case.last_modified_by) == (still.at, company.bea)
    item = FeedItem.objects.get(case=case)
    assert (item.kind, item.author) == ("taken", company.bea)
    assert item.data == {"old": "Back Office Task Queue – Homeowner"}
    assert AuditEntry.objects.filter(subject_id=case.pk, kind="taken", by=company.bea).exists()
    assert not Notice.objects.exists()


def test_the_second_is_told_who_has_it(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    take(case, by=actor(company.bea))

    with pytest.raises(Refused, match="Bea Tester has this case") as refused:
        take(case, by=actor(company.bob))

    assert (refused.value.code, refused.value.rule) == ("already_taken", "Q4")
    assert refused.value.about == {"owner": "Bea Tester"}
    case.refresh_from_db()
    assert case.owner_agent == company.bea


def test_a_second_press_does_no_harm(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    for _ in range(2):
        take(case, by=actor(company.bea))
    assert FeedItem.objects.filter(case=case, kind="taken").count() == 1


@pytest.mark.parametrize("who", ["ines", "frank", "sue", "dora"])
def test_only_members_take(company: Cast, who: str) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    with pytest.raises(NotPermitted, match="Only members of the queue") as refused:
        take(case, by=actor(getattr(company, who)))
    assert refused.value.rule == "Q4"


def test_a_member_outside_of_support_takes_nothing(company: Cast) -> None:
    QueueMembership.objects.create(queue=company.homeowner_queue, user=company.dora)
    cast.case(company, owner_queue=company.homeowner_queue)
    with pytest.raises(NotPermitted):
        take_next(company.homeowner_queue, by=actor(company.dora))


def test_a_closed_case_is_not_taken(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue, status=Status.CLOSED)
    with pytest.raises(Refused, match="Reopen it") as refused:
        take(case, by=actor(company.bea))
    assert refused.value.rule == "X6"


def test_next_is_high_priority_first_then_oldest(company: Cast, still: Clock) -> None:
    queue = company.homeowner_queue
    young, old, high = (
        cast.case(company, owner_queue=queue, created_at=still.at - timedelta(days=days), **extra)
        for days, extra in ((1, {}), (9, {}), (0, {"priority": Priority.HIGH}))
    )
    cast.case(company, created_at=still.at - timedelta(days=30))  # not the queue's

    taken = [take_next(queue, by=actor(company.bea)).pk for _ in range(3)]

    assert taken == [high.pk, old.pk, young.pk]


def test_next_passes_over_those_awaiting_the_customer(company: Cast) -> None:
    queue = company.homeowner_queue
    cast.case(company, owner_queue=queue, priority=Priority.HIGH, status=Status.AWAITING_CUSTOMER)
    workable = cast.case(company, owner_queue=queue)

    assert take_next(queue, by=actor(company.bea)) == workable
    with pytest.raises(Refused, match="awaits the customer's response") as refused:
        take_next(queue, by=actor(company.bea))
    assert refused.value.code == "queue_empty"


def test_next_of_an_empty_queue_says_so(company: Cast) -> None:
    with pytest.raises(Refused, match="No case waits in “Back Office Task Queue – Installer”"):
        take_next(company.installer_queue, by=actor(company.ines))


def test_next_is_for_members(company: Cast) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    with pytest.raises(NotPermitted, match="Only members"):
        take_next(company.homeowner_queue, by=actor(company.ines))
