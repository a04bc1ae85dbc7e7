"""L7: due for review, as the procedures say it."""

from __future__ import annotations

import pytest

from heliodesk.people.models import DeskSettings
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.worklists.pages import numbers, page

pytestmark = pytest.mark.django_db


def test_l7_a_case_without_a_review_for_two_days_is_due_on_its_owners_dashboard(
    company: Cast, still: Clock
) -> None:
    case = cast.case(company)
    still.move(hours=48)
    assert numbers(page(company.frank, "/?only=due")) == []
    still.move(seconds=1)
    assert numbers(page(company.frank, "/?only=due")) == [case.display_number]
    assert "Due for review" in page(company.frank, "/")

    DeskSettings.objects.update_or_create(pk=1, defaults={"review_interval_hours": 72})
    assert numbers(page(company.frank, "/?only=due")) == []
