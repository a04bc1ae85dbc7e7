"""A review that is overdue rings its owner's bell, once (C2, L7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heliodesk.cases.rules.review import log_review
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.notices.rules.review_overdue import tell_of_overdue_reviews
from heliodesk.people.models import DeskSettings
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, int]]:
    """Who was told of which case."""
    kept = Notice.objects.filter(kind=NoticeKind.REVIEW_OVERDUE).order_by("id")
    return list(kept.values_list("recipient__username", "case_id"))


def test_the_owner_is_told_once(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(hours=48)
    assert tell_of_overdue_reviews() == 0
    still.move(seconds=1)

    assert [tell_of_overdue_reviews(), tell_of_overdue_reviews()] == [1, 0]

    notice = Notice.objects.get()
    assert told() == [("frank", case.pk)]
    assert notice.item is None
    assert notice.due_at == case.review_due_from + timedelta(hours=48)


def test_the_next_review_that_is_overdue_is_told_again(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(hours=49)
    tell_of_overdue_reviews()
    log_review(case, comments="Current Status: waiting.", by=actor(company.frank))
    assert tell_of_overdue_reviews() == 0
    still.move(hours=49)
    tell_of_overdue_reviews()
    assert told() == [("frank", case.pk)] * 2


def test_other_hours_tell_nobody_twice(company: Cast, still: Clock) -> None:
    cast.case(company)
    still.move(hours=49)
    tell_of_overdue_reviews()
    DeskSettings.objects.create(pk=1, review_interval_hours=24)
    tell_of_overdue_reviews()
    assert len(told()) == 1


def test_after_a_day_without_a_worker_it_is_made_up_for(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(days=3)
    tell_of_overdue_reviews()
    assert told() == [("frank", case.pk)]


def test_history_rings_no_bell(company: Cast, still: Clock) -> None:
    cast.case(company)
    still.move(days=30)
    assert tell_of_overdue_reviews() == 0


def test_neither_a_closed_case_nor_a_queues(company: Cast, still: Clock) -> None:
    cast.case(company, status="closed")
    cast.case(company, owner_queue=company.homeowner_queue)
    still.move(hours=49)
    assert tell_of_overdue_reviews() == 0
