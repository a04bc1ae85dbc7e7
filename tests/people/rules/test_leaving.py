"""Nobody leaves the desk or a queue with cases in hand (Q5)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Status
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed import kinds
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from heliodesk.people.models import DepartmentMembership, QueueMembership
from heliodesk.people.rules.leaving import (
    deactivate,
    leave_department,
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


def test_what_a_leaver_had_accepted_is_the_departments_again(company: Cast) -> None:
    case = cast.case(company)
    mine = cast.assignment(company, case, status="accepted", assignee=company.dora)
    done = cast.assignment(company, case, status="completed", assignee=company.dora)
    DepartmentMembership.objects.create(department=company.sales, user=company.oscar)
    acted_at = mine.acted_at
    deactivate(company.dora, by=actor(company.ada))
    mine.refresh_from_db()
    done.refresh_from_db()
    assert (mine.status, mine.assignee, mine.accepted_at) == ("open", None, None)
    assert mine.acted_at == acted_at  # no act of the department's (F4)
    assert done.assignee == company.dora
    item = FeedItem.objects.get(case=case, kind=kinds.ASSIGNMENT_RELEASED.code)
    assert item.author == company.ada
    assert Notice.objects.filter(item=item, recipient=company.oscar).exists()


def test_a_refused_leaver_keeps_what_they_had_accepted(company: Cast) -> None:
    mine = cast.assignment(company, cast.case(company), status="accepted", assignee=company.dora)
    with pytest.raises(Refused, match="the last of “Sales”, which has 1 open case") as refused:
        deactivate(company.dora, by=actor(company.ada))
    assert refused.value.rule == "A4"
    mine.refresh_from_db()
    assert mine.assignee == company.dora


def test_the_last_member_stays_while_a_department_is_asked(company: Cast) -> None:
    membership = DepartmentMembership.objects.get(department=company.sales, user=company.dora)
    cast.assignment(company, cast.case(company))
    with pytest.raises(NotPermitted):
        leave_department(membership, by=actor(company.sue))
    with pytest.raises(Refused, match="Add another member first"):
        leave_department(membership, by=actor(company.ada))
    DepartmentMembership.objects.create(department=company.sales, user=company.oscar)
    leave_department(membership, by=actor(company.ada))
    assert not DepartmentMembership.objects.filter(user=company.dora).exists()
    assert AuditEntry.objects.filter(kind="left_department", subject_id=company.dora.pk).exists()
