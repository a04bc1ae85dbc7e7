"""Two people act on one case or assignment at once: one is refused, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from heliodesk.assignments.models import AssignmentStatus, CaseAssignment
from heliodesk.assignments.rules.creating import create_assignment
from heliodesk.assignments.rules.ending import (
    complete_assignment,
    reject_assignment,
    withdraw_assignment,
)
from heliodesk.assignments.rules.working import (
    accept_assignment,
    release_assignment,
    take_over_assignment,
)
from heliodesk.cases.models import Case, Status
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.status import set_status
from heliodesk.feed.models import FeedItem
from heliodesk.people.models import Department, User
from heliodesk.people.rules.leaving import refuse_if_department_is_asked
from tests import cast
from tests.cast import Cast, actor
from tests.races import overtaken

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dan(company: Cast) -> User:
    """Another member of Sales."""
    made = cast.user("dan")
    company.sales.memberships.create(user=made)
    return made


def asking(company: Cast, case: Case) -> Callable[[], object]:
    by = actor(company.frank)
    return lambda: create_assignment(
        case,
        department=company.legal,
        reason=company.legal_reason,
        comments="An attorney wrote.",
        by=by,
    )


def closing(company: Cast, case: Case) -> Callable[[], object]:
    by = actor(company.frank)
    return lambda: close(case, reason=company.resolved, by=by)


def begun(company: Cast, case: Case | None = None, **fields: object) -> CaseAssignment:
    case = case or cast.case(company, status=Status.INTERNAL_REFERRAL)
    return cast.assignment(company, case, **{"status": AssignmentStatus.ACCEPTED} | fields)


def test_a_case_does_not_close_over_an_assignment_opened_a_moment_before(company: Cast) -> None:
    case = cast.case(company)
    assert overtaken(asking(company, case), closing(company, case)) == "assignments_open"
    case.refresh_from_db()
    assert case.status == Status.INTERNAL_REFERRAL


def retiring(company: Cast) -> Callable[[], object]:
    """As the set-up does it."""

    def retire() -> None:
        with transaction.atomic():
            refuse_if_department_is_asked(company.legal)
            Department.objects.filter(pk=company.legal.pk).update(is_active=False)

    return retire


def test_no_department_retires_that_was_asked_a_moment_before(company: Cast) -> None:
    case = cast.case(company)
    assert overtaken(asking(company, case), retiring(company)) == "department_is_asked"


def test_nobody_asks_a_department_retired_a_moment_before(company: Cast) -> None:
    case = cast.case(company)
    assert overtaken(retiring(company), asking(company, case)) == "department_not_offered"
    assert not CaseAssignment.objects.exists()


def test_none_opens_on_a_case_closed_a_moment_before(company: Cast) -> None:
    case = cast.case(company)
    assert overtaken(closing(company, case), asking(company, case)) == "case_closed"
    assert not CaseAssignment.objects.exists()


def test_none_opens_past_the_rule_either(company: Cast) -> None:
    """PostgreSQL holds it too, for what comes in without the rule."""
    case = cast.case(company)
    code = overtaken(closing(company, case), lambda: cast.assignment(company, case))
    assert code == "assignment_case_is_open"


def test_two_members_accept_and_the_second_is_told_who_has_it(company: Cast, dan: User) -> None:
    asked = begun(company, status="open", assignee=None, accepted_at=None)
    dora, other = actor(company.dora), actor(dan)
    code = overtaken(
        lambda: accept_assignment(asked, by=dora), lambda: accept_assignment(asked, by=other)
    )
    assert code == "assignment_accepted"
    asked.refresh_from_db()
    assert asked.assignee == company.dora
    assert FeedItem.objects.filter(kind="assignment_accepted").count() == 1


def test_who_completes_what_was_withdrawn_a_moment_before_is_told(company: Cast) -> None:
    asked = begun(company)
    frank, dora = actor(company.frank), actor(company.dora)
    code = overtaken(
        lambda: withdraw_assignment(asked, by=frank),
        lambda: complete_assignment(asked, resolution="Done.", by=dora),
    )
    assert (code, CaseAssignment.objects.get().status) == ("assignment_ended", "withdrawn")


def test_who_withdraws_what_was_completed_a_moment_before_is_told(company: Cast) -> None:
    asked = begun(company)
    frank, dora = actor(company.frank), actor(company.dora)
    code = overtaken(
        lambda: complete_assignment(asked, resolution="Done.", by=dora),
        lambda: withdraw_assignment(asked, by=frank),
    )
    assert (code, CaseAssignment.objects.get().status) == ("assignment_ended", "completed")


def test_what_was_taken_over_is_not_completed_by_who_had_it(company: Cast, dan: User) -> None:
    asked = begun(company)
    dora, other = actor(company.dora), actor(dan)
    code = overtaken(
        lambda: take_over_assignment(asked, by=other),
        lambda: complete_assignment(asked, resolution="Done.", by=dora),
    )
    assert code == "not_the_assignee"


def test_what_was_released_is_not_released_again(company: Cast, dan: User) -> None:
    asked = begun(company)
    dora, other = actor(company.dora), actor(dan)
    code = overtaken(
        lambda: release_assignment(asked, by=dora), lambda: release_assignment(asked, by=other)
    )
    assert code == "assignment_not_accepted"


def test_two_end_at_once_and_the_status_is_settled_once(company: Cast) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    first, second = begun(company, case), begun(company, case)
    dora, frank = actor(company.dora), actor(company.frank)
    code = overtaken(
        lambda: reject_assignment(first, reason="Not ours.", by=dora),
        lambda: withdraw_assignment(second, by=frank),
    )
    assert code == ""
    case.refresh_from_db()
    assert case.status == Status.AWAITING_SUPPORT
    assert FeedItem.objects.filter(kind="status").count() == 1
    left = FeedItem.objects.filter(kind__startswith="assignment_").order_by("id")
    assert [item.data["still_open"] for item in left] == [1, 0]


def test_one_ends_while_another_begins_and_the_case_stays_referred(company: Cast) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    asked, dora = begun(company, case), actor(company.dora)
    code = overtaken(
        lambda: complete_assignment(asked, resolution="Done.", by=dora), asking(company, case)
    )
    assert code == ""
    case.refresh_from_db()
    assert case.status == Status.INTERNAL_REFERRAL


def test_the_status_is_not_set_by_hand_past_a_new_assignment(company: Cast) -> None:
    case, frank = cast.case(company), actor(company.frank)
    code = overtaken(
        asking(company, case), lambda: set_status(case, Status.AWAITING_CUSTOMER, by=frank)
    )
    assert code == "assignments_open"
