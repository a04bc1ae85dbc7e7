"""X7: two open cases for one issue become one, and it can be taken back for six hours."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Case, Priority, Status
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.screens import page, send

pytestmark = pytest.mark.django_db


def test_x7_two_cases_for_one_issue_are_merged_and_it_can_be_undone(
    company: Cast, still: Clock
) -> None:
    gone = cast.case(company, priority=Priority.HIGH)
    stays = cast.case(company, owner_agent=company.bea)
    act = gone.get_absolute_url()
    send(company.frank, f"{act}posts/", body="They called again.")
    assert stays.display_number in page(company.frank, f"{act}merge/new/")
    chosen = {"other": stays.pk, "survivor": "other"}
    send(company.frank, f"{act}merge/new/", **chosen)
    stays.refresh_from_db()
    assert (stays.owner_agent, stays.priority) == (company.bea, Priority.HIGH)
    assert "They called again." in page(company.bea, stays.get_absolute_url())
    assert "Closed: Duplicate" in page(company.frank, act)

    still.move(hours=6)
    send(company.frank, f"{act}merge/undoing/")
    gone.refresh_from_db()
    assert gone.status == Status.NEW
    assert FeedItem.objects.get(kind="post").case == gone
    assert Case.objects.get(pk=stays.pk).priority == Priority.NORMAL
