"""Changing the owner refuses for every reason it has, and tells the new owner (Q1, Q2, Q5)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Status
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed import kinds
from heliodesk.feed.models import FeedItem
from heliodesk.feed.record import record
from heliodesk.notices.models import Notice
from heliodesk.people.models import Queue, Role
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def test_the_owner_hands_the_case_to_a_queue(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(minutes=5)

    change_owner(case, to=company.homeowner_queue, by=actor(company.frank))

    case.refresh_from_db()
    assert (case.owner_agent, case.owner_queue) == (None, company.homeowner_queue)
    assert (case.last_modified_at, case.last_modified_by) == (still.at, company.frank)
    item = FeedItem.objects.get(case=case)
    assert (item.kind, item.data["old"], item.data["new"]) == (
        "owner",
        "Frank Tester",
        company.homeowner_queue.name,
    )
    assert AuditEntry.objects.filter(subject_id=case.pk, kind="owner").exists()
    assert not Notice.objects.exists()


def test_an_agent_who_gets_a_case_is_told(company: Cast) -> None:
    case = cast.case(company)
    change_owner(case, to=company.bea, by=actor(company.frank))
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.case) == (company.bea, "now_owner", case)


def test_who_makes_themself_the_owner_is_not_told(company: Cast) -> None:
    case = cast.case(company)
    change_owner(case, to=company.sue, by=actor(company.sue))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("status", [s for s in Status if s != Status.CLOSED])
def test_the_status_stays(company: Cast, status: Status) -> None:
    case = cast.case(company, status=status)
    assert change_owner(case, to=company.bea, by=actor(company.frank)).status == status


@pytest.mark.parametrize("who", ["fiona", "ines", "dora"])
def test_nobody_else_changes_it(company: Cast, who: str) -> None:
    with pytest.raises(NotPermitted, match="belongs to Frank Tester") as refused:
        change_owner(cast.case(company), to=company.bea, by=actor(getattr(company, who)))
    assert refused.value.rule == "Q5"


def test_a_member_of_the_owning_queue_changes_it(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    assert change_owner(case, to=company.bob, by=actor(company.bea)).owner_agent == company.bob


def test_not_on_a_closed_case(company: Cast) -> None:
    case = cast.case(company, status=Status.CLOSED)
    with pytest.raises(Refused, match="closed") as refused:
        change_owner(case, to=company.bea, by=actor(company.frank))
    assert refused.value.rule == "X6"


def test_an_owner_is_active_and_in_support(company: Cast) -> None:
    gone = cast.user("gone", Role.BACK_OFFICE, is_active=False)
    for to in (gone, company.dora):
        with pytest.raises(Refused, match="cannot own a case") as refused:
            change_owner(cast.case(company), to=to, by=actor(company.frank))
        assert (refused.value.rule, refused.value.field) == ("Q5", "to")


def test_a_queue_is_active_and_has_members(company: Cast) -> None:
    empty = Queue.objects.create(name="Empty", slug="empty")
    old = cast.queue("Old", "old", "", company.bea)
    Queue.objects.filter(pk=old.pk).update(is_active=False)
    old.refresh_from_db()
    for to in (empty, old):
        with pytest.raises(Refused, match="cannot own a case"):
            change_owner(cast.case(company), to=to, by=actor(company.frank))


def test_not_to_whom_it_belongs_already(company: Cast) -> None:
    with pytest.raises(Refused, match="owns the case already"):
        change_owner(cast.case(company), to=company.frank, by=actor(company.frank))


def test_back_to_a_queue_needs_a_reason(company: Cast) -> None:
    case = cast.case(company, owner_agent=company.bea)
    record(case, kinds.TAKEN, old=company.homeowner_queue.name, by=actor(company.bea))
    with pytest.raises(Refused, match="say why it goes back") as refused:
        change_owner(case, to=company.homeowner_queue, reason="  ", by=actor(company.bea))
    assert (refused.value.rule, refused.value.field) == ("Q5", "reason")

    change_owner(case, to=company.homeowner_queue, reason="On leave", by=actor(company.bea))
    assert FeedItem.objects.get(kind="owner").body == "On leave"


def test_back_to_a_queue_that_it_was_handed_to_needs_a_reason_too(company: Cast) -> None:
    case = cast.case(company)
    change_owner(case, to=company.homeowner_queue, by=actor(company.frank))
    change_owner(case, to=company.frank, by=actor(company.bea))
    with pytest.raises(Refused, match="say why it goes back"):
        change_owner(case, to=company.homeowner_queue, by=actor(company.frank))


def test_an_escalation_asks_for_the_reason(company: Cast) -> None:
    case = cast.case(company)
    with pytest.raises(Refused, match="why the case is escalated") as refused:
        change_owner(case, to=company.bea, escalation=True, by=actor(company.frank))
    assert (refused.value.rule, refused.value.field) == ("Q2", "reason")

    change_owner(case, to=company.bea, escalation=True, reason="BBB", by=actor(company.frank))
    item = FeedItem.objects.get(kind="escalated")
    assert (item.data["old"], item.data["new"], item.data["reason"]) == (
        "Frank Tester",
        "Bea Tester",
        "BBB",
    )
