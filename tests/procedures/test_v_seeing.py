"""V1, V2: seeing what there is to do, as the procedures say it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heliodesk.cases.models import Priority, Status
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.worklists.pages import numbers, page

pytestmark = pytest.mark.django_db


def test_v1_my_desk_shows_my_cases_by_status_and_what_to_do_next_and_why(
    company: Cast, still: Clock
) -> None:
    high = cast.case(company, priority=Priority.HIGH, status=Status.AWAITING_SUPPORT)
    due = cast.case(company, created_at=still.at - timedelta(days=5))

    html = page(company.frank, "/")

    assert numbers(html) == [due.display_number, high.display_number]  # New, then Awaiting Support
    for words in ("Do next", "High priority", "Due for review: the latest is 5 d 0 h old"):
        assert words in html


def test_v2_queues_show_counts_and_the_age_of_the_oldest(company: Cast, still: Clock) -> None:
    for days in (1, 4):
        created = still.at - timedelta(days=days)
        cast.case(company, owner_queue=company.homeowner_queue, created_at=created)

    html = page(company.bea, "/queues/")

    row = html[html.index('href="/queues/homeowner/">Back Office') :]
    assert 'data-label="Open cases">2<' in row
    assert "4 d 0 h" in row
    assert "Back Office Task Queue – Installer" in html
