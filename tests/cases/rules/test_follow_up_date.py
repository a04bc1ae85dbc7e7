"""The follow-up date: set by the owner, rung once when it has come (W1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heliodesk.cases.models import Case
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.follow_up_date import (
    clear_follow_up,
    set_follow_up,
    tell_of_due_follow_ups,
)
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(company: Cast, still: Clock) -> Case:
    return cast.case(company)


def promised(company: Cast, case: Case, still: Clock, **hours: float) -> Case:
    at = still.at + timedelta(**hours or {"hours": 3})
    return set_follow_up(case, at=at, what_for="Call Maria back", by=actor(company.frank))


def test_it_stands_on_the_case_and_in_the_feed_but_does_not_move_last_modified(
    company: Cast, case: Case, still: Clock
) -> None:
    before = case.last_modified_at
    still.move(minutes=5)
    promised(company, case, still)
    case.refresh_from_db()
    assert (case.follow_up_for, case.last_modified_at) == ("Call Maria back", before)
    assert "Call Maria back" in FeedItem.objects.get(kind="follow_up_date").data["what_for"]


def test_the_bell_rings_once_when_it_has_come(company: Cast, case: Case, still: Clock) -> None:
    promised(company, case, still)
    tell_of_due_follow_ups()
    assert not Notice.objects.exists()
    still.move(hours=3)
    assert tell_of_due_follow_ups() == 1
    assert tell_of_due_follow_ups() == 0
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.case) == (company.frank, "follow_up_date", case)


def test_not_for_a_closed_case_and_not_when_it_was_taken_away(
    company: Cast, case: Case, still: Clock
) -> None:
    promised(company, case, still)
    other = promised(company, cast.case(company), still)
    clear_follow_up(case, by=actor(company.frank))
    close(other, reason=company.resolved, by=actor(company.frank))
    still.move(hours=4)
    assert tell_of_due_follow_ups() == 0


def test_only_the_owner_or_a_supervisor(company: Cast, case: Case, still: Clock) -> None:
    at = still.at + timedelta(hours=1)
    with pytest.raises(NotPermitted):
        set_follow_up(case, at=at, what_for="x", by=actor(company.fiona))
    set_follow_up(case, at=at, what_for="x", by=actor(company.sue))
    with pytest.raises(NotPermitted):
        clear_follow_up(case, by=actor(company.fiona))


@pytest.mark.parametrize(
    ("hours", "what_for", "field"),
    [
        (0, "Call", "at"),
        (-1, "Call", "at"),
        (24 * 367, "Call", "at"),
        (1, " \u200b", "what_for"),
        (1, "x" * 201, "what_for"),
    ],
)
def test_what_makes_no_sense(
    company: Cast, case: Case, still: Clock, hours: float, what_for: str, field: str
) -> None:
    at = still.at + timedelta(hours=hours)
    with pytest.raises(Refused) as refused:
        set_follow_up(case, at=at, what_for=what_for, by=actor(company.frank))
    assert (refused.value.field, refused.value.rule) == (field, "W1")


def test_a_closed_case_keeps_its_date(company: Cast, case: Case, still: Clock) -> None:
    promised(company, case, still)
    close(case, reason=company.resolved, by=actor(company.frank))
    with pytest.raises(Refused) as refused:
        clear_follow_up(case, by=actor(company.frank))
    assert refused.value.rule == "X6"


def test_nothing_to_take_away(company: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="no follow-up date"):
        clear_follow_up(case, by=actor(company.frank))
