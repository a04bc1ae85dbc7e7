"""An action on several cases while others work: on the same cases, or on the same action."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from heliodesk.bulk.models import Act, BulkAction, Outcome
from heliodesk.bulk.rules.ending import stop_bulk_action
from heliodesk.bulk.rules.running import carry_on
from heliodesk.cases import access
from heliodesk.cases.rules.closing import close
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.bulk.doing import LONG, begun, result
from tests.cast import Cast, actor
from tests.races import overtaken
from tests.server.test_serving import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def work_on(action: BulkAction) -> None:
    """Carry on with it in a thread of its own, with a connection of its own."""
    try:
        carry_on(action.pk, seconds=LONG)
    finally:
        connections.close_all()


def test_a_case_that_another_closes_meanwhile_is_refused_and_the_rest_done(company: Cast) -> None:
    cases = [cast.case(company) for _ in range(3)]
    action = begun(company.sue, Act.OWNER, cases, to=company.bea)
    overtaken(
        lambda: close(cases[1], reason=company.resolved, by=actor(company.frank)),
        lambda: carry_on(action.pk, seconds=LONG),
    )
    action.refresh_from_db()
    assert (action.done, action.refused) == (2, 1)
    assert result(action, cases[1]).rule == "X6"
    cases[1].refresh_from_db()
    assert cases[1].owner_agent == company.frank


def test_a_case_that_another_holds_for_long_holds_no_other_up(company: Cast) -> None:
    cases = [cast.case(company) for _ in range(3)]
    action = begun(company.sue, Act.OWNER, cases, to=company.bea)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            access.lock(cases[1])
            running = pool.submit(work_on, action)
            wait_until(lambda: action.results.count() == 2)
            with transaction.atomic():
                access.lock(cases[0])  # fails the test by waiting, were it held
        running.result(timeout=60)
    action.refresh_from_db()
    assert (action.done, action.left) == (3, 0)


def test_two_workers_at_one_action_do_no_case_twice(company: Cast) -> None:
    cases = [cast.case(company) for _ in range(40)]
    action = begun(company.sue, Act.OWNER, cases, to=company.bea)

    with ThreadPoolExecutor(2) as pool:
        for running in [pool.submit(work_on, action) for _ in range(2)]:
            running.result(timeout=60)
    action.refresh_from_db()
    assert (action.done, action.left) == (40, 0)
    assert FeedItem.objects.filter(kind="owner").count() == 40


def test_stopped_in_the_middle_of_a_case_the_counts_are_exact(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heliodesk.bulk.rules.running.TOGETHER", 1)
    cases = [cast.case(company) for _ in range(20)]
    action = begun(company.sue, Act.OWNER, cases, to=company.bea)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(work_on, action)
        while not action.results.exists():
            pass
        stopped = stop_bulk_action(action.pk, by=actor(company.sue))
        running.result(timeout=60)
    assert stopped.done == action.results.filter(outcome=Outcome.DONE).count() < 20
    assert stopped.left == 20 - stopped.done
    assert FeedItem.objects.filter(kind="owner").count() == stopped.done
