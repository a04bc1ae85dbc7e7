"""Nobody leaves the desk or a queue with cases in hand (Q5)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Status
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.people.models import QueueMembership
from heliodesk.people.rules.leaving import (
    deactivate,
    leave_queue,
    refuse_if_department_is_asked,
    refuse_if_queue_owns,
)
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def test_a_person_is_deactivated_when_their_cases_have_been_handed_on(company: Cast) -> None:
    case = cast.case(company)
    cast.case(company, status=Status.CLOSED)
    with pytest.raises(Refused, match="owns 1 open case") as refused:
        deactivate(company.frank, by=actor(company.ada))
    assert refused.value.rule == "Q5"

    change_owner(case, to=company.bea, by=actor(company.sue))
    assert not deactivate(company.frank, by=actor(company.ada)).is_active
    assert AuditEntry.objects.filter(kind="deactivated", subject_id=company.frank.pk).exists()


def test_not_the_last_to_work_a_queue_with_cases(company: Cast) -> None:
    cast.installer_case(company, owner_queue=company.installer_queue)
    with pytest.raises(Refused, match="the last to work"):
        deactivate(company.ines, by=actor(company.ada))


def test_only_an_administrator_deactivates(company: Cast) -> None:
    with pytest.raises(NotPermitted):
        deactivate(company.frank, by=actor(company.sue))


def test_a_member_leaves_a_queue_that_others_work(company: Cast) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    bea, bob = QueueMembership.objects.filter(queue=company.homeowner_queue).order_by("id")
    leave_queue(bea, by=actor(company.ada))
    with pytest.raises(Refused, match="the last to work") as refused:
        leave_queue(bob, by=actor(company.ada))
    assert refused.value.rule == "Q5"


def test_the_last_member_leaves_an_empty_queue(company: Cast) -> None:
    leave_queue(QueueMembership.objects.get(user=company.ines), by=actor(company.ada))
    assert not company.installer_queue.members.exists()


def test_a_queue_with_cases_is_not_retired(company: Cast) -> None:
    refuse_if_queue_owns(company.homeowner_queue)
    cast.case(company, owner_queue=company.homeowner_queue)
    with pytest.raises(Refused, match="owns 1 open case"):
        refuse_if_queue_owns(company.homeowner_queue)


def test_a_department_that_is_asked_is_not_retired(company: Cast) -> None:
    case = cast.case(company)
    cast.assignment(company, case, status="completed")
    refuse_if_department_is_asked(company.sales)
    cast.assignment(company, case)
    with pytest.raises(Refused, match="has 1 open case assignment") as refused:
        refuse_if_department_is_asked(company.sales)
    assert refused.value.rule == "A4"
