"""When an assignment is overdue (F4): to the second, by the desk's setting, the same everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heliodesk.assignments.models import STANDING, AssignmentStatus, CaseAssignment
from heliodesk.assignments.queries import rows
from heliodesk.assignments.queries.department_list import SHOWN, asked_of
from heliodesk.assignments.queries.orders import AssignmentOrder
from heliodesk.assignments.queries.overdue import is_overdue, overdue, overdue_since
from heliodesk.people.models import DeskSettings
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def said_everywhere(company: Cast, one: CaseAssignment) -> bool:
    """Whether it is overdue, by all that say so; fails where they differ."""
    since = overdue_since()
    values = {"departments": [company.sales.pk], "person": company.dora.pk}
    listed = rows.page(SHOWN["overdue"], values, AssignmentOrder.named("")).rows
    shown = rows.page(SHOWN["open"], values, AssignmentOrder.named("")).rows
    answers = {
        "python": is_overdue(one.status, one.acted_at, since),
        "queryset": CaseAssignment.objects.filter(overdue(since), pk=one.pk).exists(),
        "list": [row.id for row in listed] == [one.pk],
        "row": any(row.is_overdue for row in shown),
        "count": asked_of([company.sales.pk], person_id=company.dora.pk)[company.sales.pk].overdue
        == 1,
    }
    assert len(set(answers.values())) == 1, answers
    return answers["python"]


def test_it_is_overdue_from_the_end_of_the_48th_hour(company: Cast, still: Clock) -> None:
    one = cast.assignment(company, cast.case(company))
    still.move(hours=48, seconds=-1)
    assert not said_everywhere(company, one)
    still.move(seconds=1)
    assert said_everywhere(company, one)


def test_an_act_of_the_department_begins_the_hours_anew(company: Cast, still: Clock) -> None:
    acted = still.at - timedelta(hours=47)
    case = cast.case(company, created_at=still.at - timedelta(days=9))
    one = cast.assignment(company, case, acted_at=acted)
    assert not said_everywhere(company, one)
    still.move(hours=1)
    assert said_everywhere(company, one)


def test_the_hours_are_a_setting(company: Cast, still: Clock) -> None:
    DeskSettings.objects.update_or_create(pk=1, defaults={"overdue_hours": 2})
    one = cast.assignment(company, cast.case(company))
    still.move(hours=2, seconds=-1)
    assert not said_everywhere(company, one)
    still.move(seconds=1)
    assert said_everywhere(company, one)


@pytest.mark.parametrize("status", [one for one in AssignmentStatus if one not in STANDING])
def test_what_has_ended_is_never_overdue(company: Cast, still: Clock, status: str) -> None:
    one = cast.assignment(
        company, cast.case(company), status=status, ended_at=still.at, ended_by=company.dora,
        outcome="Done", assignee=company.dora,
        accepted_at=still.at,
    )  # fmt: skip
    still.move(days=30)
    assert not said_everywhere(company, one)
