"""A worker killed in the middle of an action: another goes on, and nothing is done twice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from heliodesk.bulk.models import Act
from heliodesk.cases.models import Case
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from tests import cast
from tests.bulk.doing import begun
from tests.cast import Cast
from tests.server.test_serving import wait_until
from tests.server.test_worker import WORKER, given_up, started

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.programs,
    pytest.mark.xdist_group("serve"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kills processes"),
]


def test_a_killed_worker_leaves_the_rest_to_another_and_does_nothing_twice(
    company: Cast, tmp_path: Path
) -> None:
    cases = [cast.case(company) for _ in range(100)]
    action = begun(company.sue, Act.OWNER, cases, to=company.bea, reason="Absent")
    with started(tmp_path, *WORKER) as first:
        wait_until(lambda: action.results.count() >= 5)
        first.kill()
        first.wait(timeout=30)
    done = action.results.count()
    assert done < 100
    assert FeedItem.objects.filter(kind="owner").count() == done
    given_up()
    with started(tmp_path, *WORKER):
        wait_until(
            lambda: type(action).objects.filter(pk=action.pk, ended_at=None).count() == 0, 60
        )
    action.refresh_from_db()
    assert (action.done, action.refused, action.left) == (100, 0, 0)
    assert FeedItem.objects.filter(kind="owner").count() == 100
    assert Case.objects.filter(owner_agent=company.bea).count() == 100
    notice = Notice.objects.get()
    assert (notice.recipient, notice.cases) == (company.bea, 100)
