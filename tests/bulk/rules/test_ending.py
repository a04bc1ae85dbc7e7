"""Stopping, and telling people once (V3, C2)."""

from __future__ import annotations

import pytest

from heliodesk.bulk.models import Act, BulkAction
from heliodesk.bulk.queries.going_on import goes_on, gone_on_with
from heliodesk.bulk.rules import running, starting
from heliodesk.bulk.rules.ending import stop_bulk_action
from heliodesk.bulk.rules.running import carry_on
from heliodesk.bulk.rules.starting import start_bulk_action
from heliodesk.bulk.selection import Selection
from heliodesk.cases.models import Follower
from heliodesk.core import clock
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.notices.models import Notice
from heliodesk.notices.queries import notices_of
from tests import cast
from tests.bulk.doing import LONG, begun, done
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def test_stopped_it_says_what_was_done_and_what_was_not(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "CHUNK", 2)
    monkeypatch.setattr(running, "TOGETHER", 1)
    cases = [cast.case(company) for _ in range(5)]
    action = begun(company.frank, Act.PRIORITY, cases, priority="1")
    now = iter([0.0, 0.0, 0.0, 0.0, 9.0])
    monkeypatch.setattr("heliodesk.bulk.rules.running.monotonic", lambda: next(now, 9.0))
    carry_on(action.pk, seconds=1)
    monkeypatch.undo()

    stopped = stop_bulk_action(action.pk, by=actor(company.sue))

    assert (stopped.done, stopped.left, stopped.stopped_by) == (3, 2, company.sue)
    assert carry_on(action.pk, seconds=LONG)
    assert action.results.count() == 3
    assert AuditEntry.objects.get(kind="bulk_stopped").changes["left"] == 2


def test_a_stopped_one_is_gone_on_with_where_it_was_stopped(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "CHUNK", 2)
    monkeypatch.setattr(running, "TOGETHER", 1)
    cases = [cast.case(company, owner_agent=company.fiona), *(cast.case(company) for _ in "1234")]
    action = begun(company.frank, Act.PRIORITY, cases, priority="1")
    over, again = Selection(rest_of=action.pk), Selection(again_of=action.pk)
    for too_soon in (over, again):
        with pytest.raises(Refused, match="still runs"):
            _begin_again(company, too_soon)
    now = iter([0.0, 0.0, 0.0, 0.0, 9.0])
    monkeypatch.setattr("heliodesk.bulk.rules.running.monotonic", lambda: next(now, 9.0))
    carry_on(action.pk, seconds=1)
    monkeypatch.undo()
    stop_bulk_action(action.pk, by=actor(company.frank))

    rest, refused = _begin_again(company, over), _begin_again(company, again)

    assert carry_on(rest.pk, seconds=LONG)
    assert set(rest.results.values_list("case_id", flat=True)) == {one.pk for one in cases[3:]}
    assert (refused.total, refused.again_of, rest.again_of) == (1, action, action)
    assert [goes_on(one) for one in (action, rest, refused)] == [False, True, False]
    assert gone_on_with(action) == rest.pk
    assert gone_on_with(rest) is None


def _begin_again(company: Cast, over: Selection) -> BulkAction:
    given = {"priority": 1}
    return start_bulk_action(Act.PRIORITY, over=over, arguments=given, by=actor(company.frank))


def test_nobody_else_stops_it_and_nobody_stops_it_twice(company: Cast) -> None:
    action = begun(company.frank, Act.PRIORITY, [cast.case(company)], priority="1")
    with pytest.raises(NotFound):
        stop_bulk_action(action.pk, by=actor(company.fiona))
    stop_bulk_action(action.pk, by=actor(company.frank))
    with pytest.raises(Refused, match="ended already"):
        stop_bulk_action(action.pk, by=actor(company.frank))


def test_the_new_owner_of_many_gets_one_notice_that_counts_them(company: Cast) -> None:
    cases = [cast.case(company) for _ in range(4)]
    action = done(company.sue, Act.OWNER, cases, to=company.bea)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.cases, notice.bulk_action) == (
        company.bea,
        "now_owner",
        4,
        action.pk,
    )
    (row,) = notices_of(actor(company.bea)).rows
    assert row.why == "made you the owner of this case and 3 more"


def test_of_one_case_the_notice_is_as_ever(company: Cast) -> None:
    done(company.sue, Act.OWNER, [cast.case(company)], to=company.bea)
    (row,) = notices_of(actor(company.bea)).rows
    assert row.why == "made you the owner"


def test_nobody_is_told_of_their_own_doing(company: Cast) -> None:
    done(company.sue, Act.OWNER, [cast.case(company) for _ in range(2)], to=company.sue)
    assert not Notice.objects.exists()


def test_whoever_follows_some_of_them_is_told_once_of_those_that_were_done(company: Cast) -> None:
    cases = [cast.case(company, is_followed=True) for _ in range(3)]
    closed = cast.case(company, is_followed=True, status="closed")
    for case in (*cases[:2], closed):
        Follower.objects.create(case=case, user=company.fiona, at=clock.now())
    Follower.objects.create(case=cases[0], user=company.oscar, at=clock.now())
    done(company.sue, Act.PRIORITY, [*cases, closed], priority="1")
    notice = Notice.objects.get()  # Oscar may not see the case (K6)
    assert (notice.recipient, notice.kind, notice.cases) == (company.fiona, "followed", 2)


def test_a_new_owner_who_follows_them_is_told_as_owner(company: Cast) -> None:
    cases = [cast.case(company, is_followed=True) for _ in range(2)]
    for case in cases:
        Follower.objects.create(case=case, user=company.bea, at=clock.now())
    done(company.sue, Act.OWNER, cases, to=company.bea)
    assert [notice.kind for notice in Notice.objects.all()] == ["now_owner"]
