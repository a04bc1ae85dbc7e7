"""Reopening: once, within the window, by any Support agent (X4, X5)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Case, Closure, Status
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.reopening import reopen
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from heliodesk.people.models import DeskSettings, QueueMembership, User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(company: Cast, still: Clock) -> Case:
    case = cast.case(company)
    still.move(days=3)
    close(case, reason=company.resolved, by=actor(company.frank))
    return case


def test_any_support_agent_reopens_within_the_window(
    company: Cast, closed: Case, still: Clock
) -> None:
    still.move(hours=6)
    reopen(closed, by=actor(company.fiona))
    closed.refresh_from_db()
    assert (closed.status, closed.closed_at) == (Status.AWAITING_SUPPORT, None)
    assert (closed.owner_agent, closed.review_due_from) == (company.frank, still.at)
    closure = Closure.objects.get()
    assert (closure.reopened_at, closure.reopened_by) == (still.at, company.fiona)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (company.frank, "reopened")


def test_one_microsecond_later_it_stays_closed(company: Cast, closed: Case, still: Clock) -> None:
    still.move(hours=6, microseconds=1)
    with pytest.raises(Refused, match="more than 6 hours ago") as refused:
        reopen(closed, by=actor(company.frank))
    assert refused.value.rule == "X4"


def test_the_window_is_a_setting(company: Cast, closed: Case, still: Clock) -> None:
    DeskSettings.objects.update_or_create(pk=1, defaults={"reopening_window_hours": 8})
    still.move(hours=7)
    assert not reopen(closed, by=actor(company.frank)).is_closed


def test_once_in_its_life(company: Cast, closed: Case) -> None:
    reopen(closed, by=actor(company.frank))
    close(closed, reason=company.resolved, by=actor(company.frank))
    with pytest.raises(Refused, match="once in its life") as refused:
        reopen(closed, by=actor(company.frank))
    assert refused.value.code == "reopened_before"


def test_not_an_open_case(company: Cast) -> None:
    with pytest.raises(Refused, match="is open"):
        reopen(cast.case(company), by=actor(company.frank))


def test_not_by_a_department_member(company: Cast, closed: Case) -> None:
    with pytest.raises(NotPermitted, match="Only Support"):
        reopen(closed, by=actor(company.dora))


def test_the_queue_of_its_type_where_the_owner_has_left(company: Cast, closed: Case) -> None:
    User.objects.filter(pk=company.frank.pk).update(is_active=False)
    reopen(closed, by=actor(company.fiona))
    closed.refresh_from_db()
    assert (closed.owner_agent, closed.owner_queue) == (None, company.homeowner_queue)
    told = Notice.objects.filter(kind="reopened").values_list("recipient__username", flat=True)
    assert set(told) == {"bea", "bob"}
    assert FeedItem.objects.get(kind="owner").data == {
        "old": "Frank Tester",
        "new": company.homeowner_queue.name,
    }


def test_where_nobody_works_that_queue_whoever_reopens_owns_it(company: Cast, closed: Case) -> None:
    User.objects.filter(pk=company.frank.pk).update(is_active=False)
    QueueMembership.objects.all().delete()
    assert reopen(closed, by=actor(company.fiona)).owner_agent == company.fiona
