"""Two people act on one case at once: one of them is refused, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Activity, Case, Closure
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.editing import edit_case
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.cases.rules.reopening import reopen
from heliodesk.cases.rules.review import log_review
from heliodesk.cases.rules.taking import take
from heliodesk.feed.models import FeedItem
from heliodesk.people.models import QueueMembership, User
from heliodesk.people.rules.leaving import deactivate, leave_queue
from tests import cast
from tests.cast import Cast, actor
from tests.races import overtaken

pytestmark = pytest.mark.django_db(transaction=True)


def closing(company: Cast, case: Case, user: User | None = None) -> Callable[[], object]:
    by = actor(user or company.frank)
    return lambda: close(case, reason=company.resolved, by=by)


def test_a_case_is_closed_once(company: Cast) -> None:
    case = cast.case(company)
    second = closing(company, case, company.sue)
    assert overtaken(closing(company, case), second) == "case_closed"
    assert Closure.objects.get().closed_by == company.frank


def test_a_case_is_reopened_once(company: Cast) -> None:
    case = cast.case(company)
    closing(company, case)()
    frank, fiona = actor(company.frank), actor(company.fiona)
    code = overtaken(lambda: reopen(case, by=frank), lambda: reopen(case, by=fiona))
    assert code == "not_closed"
    assert FeedItem.objects.filter(kind="reopened").count() == 1


def test_who_takes_a_case_after_its_owner_changed_is_told(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    bea, bob = actor(company.bea), actor(company.bob)
    code = overtaken(
        lambda: change_owner(case, to=company.fiona, by=bea), lambda: take(case, by=bob)
    )
    assert code == "already_taken"
    case.refresh_from_db()
    assert case.owner_agent == company.fiona


def test_who_changes_the_owner_after_it_was_taken_is_told(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    bea, bob = actor(company.bea), actor(company.bob)
    code = overtaken(
        lambda: take(case, by=bob), lambda: change_owner(case, to=company.fiona, by=bea)
    )
    assert code == "not_the_owner"
    case.refresh_from_db()
    assert case.owner_agent == company.bob


def test_no_review_on_a_case_that_is_being_closed(company: Cast) -> None:
    case = cast.case(company)
    by = actor(company.frank)
    code = overtaken(
        closing(company, case, company.sue), lambda: log_review(case, comments="Done.", by=by)
    )
    assert code == "case_closed"
    assert not Activity.objects.exists()


def test_the_second_to_change_a_field_sees_the_first(company: Cast) -> None:
    case = cast.case(company)
    seen = {"description": case.description}
    frank, sue = actor(company.frank), actor(company.sue)
    code = overtaken(
        lambda: edit_case(case, changes={"description": "Frank's."}, seen=seen, by=frank),
        lambda: edit_case(case, changes={"description": "Sue's."}, seen=seen, by=sue),
    )
    assert code == "changed_meanwhile"
    case.refresh_from_db()
    assert case.description == "Frank's."


def assigning(company: Cast, case: Case) -> Callable[[], object]:
    return lambda: cast.assignment(company, case)


def test_no_assignment_begins_on_a_case_that_is_being_closed(company: Cast) -> None:
    case = cast.case(company)
    code = overtaken(closing(company, case), assigning(company, case))
    assert code == "assignment_case_is_open"
    assert not CaseAssignment.objects.exists()


def test_no_case_closes_while_an_assignment_begins(company: Cast) -> None:
    case = cast.case(company)
    assert overtaken(assigning(company, case), closing(company, case)) == "assignments_open"
    assert not Closure.objects.exists()


def test_nobody_gets_a_case_while_they_are_deactivated(company: Cast) -> None:
    case = cast.case(company)
    ada, frank = actor(company.ada), actor(company.frank)
    code = overtaken(
        lambda: deactivate(company.bea, by=ada),
        lambda: change_owner(case, to=User.objects.get(pk=company.bea.pk), by=frank),
    )
    assert code == "cannot_own"
    case.refresh_from_db()
    assert case.owner_agent == company.frank


def test_nobody_is_deactivated_while_they_get_a_case(company: Cast) -> None:
    case = cast.case(company)
    ada, frank = actor(company.ada), actor(company.frank)
    code = overtaken(
        lambda: change_owner(case, to=company.bea, by=frank),
        lambda: deactivate(company.bea, by=ada),
    )
    assert code == "owns_cases"
    company.bea.refresh_from_db()
    assert company.bea.is_active


def test_the_last_two_members_do_not_leave_a_queue_together(company: Cast) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    bea, bob = QueueMembership.objects.filter(queue=company.homeowner_queue).order_by("id")
    ada = actor(company.ada)
    code = overtaken(lambda: leave_queue(bea, by=ada), lambda: leave_queue(bob, by=ada))
    assert code == "last_member"
    assert QueueMembership.objects.filter(queue=company.homeowner_queue).count() == 1
