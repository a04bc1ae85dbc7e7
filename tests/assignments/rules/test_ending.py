"""Ending an assignment refuses for every reason it has, and settles the case (A4, A5)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest

from heliodesk.assignments.models import AssignmentStatus, CaseAssignment
from heliodesk.assignments.rules.ending import (
    complete_assignment,
    reject_assignment,
    return_assignment,
    withdraw_assignment,
)
from heliodesk.assignments.rules.texts import TEXT_LIMIT
from heliodesk.cases.models import Case, Status
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from heliodesk.people.access import Actor
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db

End = Callable[[CaseAssignment, Actor, str], object]
BY_DEPARTMENT: dict[str, End] = {
    "completed": lambda asked, by, text: complete_assignment(asked, resolution=text, by=by),
    "rejected": lambda asked, by, text: reject_assignment(asked, reason=text, by=by),
    "returned": lambda asked, by, text: return_assignment(asked, reason=text, by=by),
}
FIELDS = {"completed": "resolution", "rejected": "reason", "returned": "reason"}


def begun(company: Cast, case: Case | None = None) -> CaseAssignment:
    """One that Dora has accepted, on a case in Internal Referral."""
    case = case or cast.case(company, status=Status.INTERNAL_REFERRAL)
    return cast.assignment(company, case, status="accepted")


def end(company: Cast, asked: CaseAssignment, way: str) -> None:
    if way == "withdrawn":
        withdraw_assignment(asked, by=actor(company.frank))
    else:
        BY_DEPARTMENT[way](asked, actor(company.dora), "Done with it.")


@pytest.mark.parametrize("way", BY_DEPARTMENT)
def test_the_department_ends_it_with_a_word(company: Cast, way: str, still: Clock) -> None:
    asked = begun(company)
    still.move(hours=3)
    BY_DEPARTMENT[way](asked, actor(company.dora), " The rep confirms. ")

    asked.refresh_from_db()
    assert (asked.status, asked.outcome) == (way, "The rep confirms.")
    assert (asked.ended_at, asked.ended_by, asked.acted_at) == (still.at, company.dora, still.at)
    item = FeedItem.objects.get(kind=f"assignment_{way}")
    assert (item.author, item.body) == (company.dora, "The rep confirms.")
    assert item.data == {"assignment": str(asked), "department": "Sales", "still_open": 0}
    case = Case.objects.get()
    assert (case.status, case.last_modified_at) == (Status.AWAITING_SUPPORT, still.at)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (company.frank, "assignment_ended")


def test_the_owner_withdraws_it_and_who_had_it_is_told(company: Cast, still: Clock) -> None:
    asked = begun(company)
    before = asked.acted_at
    still.move(hours=3)
    withdraw_assignment(asked, note="Solved by phone.", by=actor(company.frank))
    asked.refresh_from_db()
    assert (asked.status, asked.outcome) == (AssignmentStatus.WITHDRAWN, "Solved by phone.")
    assert (asked.ended_by, asked.acted_at) == (company.frank, before)
    assert asked.assignee == company.dora
    assert Notice.objects.get().recipient == company.dora
    assert Case.objects.get().status == Status.AWAITING_SUPPORT


def test_where_nobody_had_it_the_members_are_told(company: Cast) -> None:
    dan = cast.user("dan")
    company.sales.memberships.create(user=dan)
    asked = cast.assignment(company, cast.case(company, status=Status.INTERNAL_REFERRAL))
    withdraw_assignment(asked, by=actor(company.sue))
    told = Notice.objects.filter(kind="assignment_ended").values_list("recipient", flat=True)
    assert set(told) == {company.dora.pk, dan.pk, company.frank.pk}


def test_of_a_queues_case_its_members_are_told_and_withdraw(company: Cast) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL, owner_queue=company.homeowner_queue)
    first, second = begun(company, case), begun(company, case)
    end(company, first, "completed")
    told = Notice.objects.filter(item__kind="assignment_completed")
    assert {notice.recipient for notice in told} == {company.bea, company.bob}
    withdraw_assignment(second, by=actor(company.bob))
    assert Case.objects.get().status == Status.AWAITING_SUPPORT


@pytest.mark.parametrize("way", BY_DEPARTMENT)
@pytest.mark.parametrize("who", ["frank", "sue", "ada", "oscar"])
def test_nobody_else_ends_it_for_the_department(company: Cast, way: str, who: str) -> None:
    with pytest.raises(NotPermitted, match="Only members of Sales") as refused:
        BY_DEPARTMENT[way](begun(company), actor(getattr(company, who)), "Not ours.")
    assert (refused.value.code, refused.value.rule) == ("not_of_department", "A4")


@pytest.mark.parametrize("who", ["fiona", "bea", "dora", "oscar"])
def test_somebody_elses_is_not_withdrawn(company: Cast, who: str) -> None:
    with pytest.raises(NotPermitted, match="Only the case owner") as refused:
        withdraw_assignment(begun(company), by=actor(getattr(company, who)))
    assert refused.value.rule == "K7"


def test_who_asked_and_gave_the_case_away_does_not_withdraw(company: Cast) -> None:
    asked = begun(company)
    change_owner(asked.case, to=company.fiona, by=actor(company.frank))
    with pytest.raises(NotPermitted):
        withdraw_assignment(asked, by=actor(company.frank))
    withdraw_assignment(asked, by=actor(company.fiona))


def test_only_the_assignee_completes(company: Cast) -> None:
    dan = cast.user("dan")
    company.sales.memberships.create(user=dan)
    with pytest.raises(NotPermitted, match="take it over first") as other:
        complete_assignment(begun(company), resolution="Done.", by=actor(dan))
    asked = cast.assignment(company, cast.case(company))
    with pytest.raises(Refused, match="accept it first") as nobody:
        complete_assignment(asked, resolution="Done.", by=actor(dan))
    assert (other.value.code, nobody.value.code) == ("not_the_assignee", "assignment_not_accepted")


@pytest.mark.parametrize("way", ["rejected", "returned"])
def test_any_member_rejects_or_returns_also_what_another_has(company: Cast, way: str) -> None:
    dan = cast.user("dan")
    company.sales.memberships.create(user=dan)
    asked = begun(company)
    BY_DEPARTMENT[way](asked, actor(dan), "That is Legal's.")
    assert CaseAssignment.objects.get().ended_by == dan


@pytest.mark.parametrize("way", BY_DEPARTMENT)
def test_a_word_is_needed_and_has_a_limit(company: Cast, way: str) -> None:
    asked, dora = begun(company), actor(company.dora)
    for text in ("", " \n ", "x" * (TEXT_LIMIT + 1)):
        with pytest.raises(Refused) as refused:
            BY_DEPARTMENT[way](asked, dora, text)
        assert (refused.value.field, refused.value.rule) == (FIELDS[way], "A4")
    asked.refresh_from_db()
    assert asked.status == AssignmentStatus.ACCEPTED


def test_the_note_of_a_withdrawal_has_a_limit(company: Cast) -> None:
    with pytest.raises(Refused, match="Shorten it") as refused:
        withdraw_assignment(begun(company), note="x" * (TEXT_LIMIT + 1), by=actor(company.frank))
    assert refused.value.field == "note"


WAYS = ("completed", "rejected", "returned", "withdrawn")


@pytest.mark.parametrize("first", WAYS)
@pytest.mark.parametrize("second", WAYS)
def test_what_has_ended_does_not_end_again(company: Cast, first: str, second: str) -> None:
    asked = begun(company)
    end(company, asked, first)
    items = FeedItem.objects.count()
    with pytest.raises(Refused, match=f"was {first} by") as refused:
        end(company, asked, second)
    assert (refused.value.code, FeedItem.objects.count()) == ("assignment_ended", items)


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("ways", [WAYS[:3], WAYS[1:], (WAYS[3], WAYS[0], WAYS[2])])
def test_three_end_in_any_order_and_way_and_the_last_settles_the_case(
    company: Cast, order: tuple[int, ...], ways: tuple[str, ...], still: Clock
) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    asked = [begun(company, case) for _ in range(3)]
    before = case.last_modified_at
    for left, index in zip((2, 1, 0), order, strict=True):
        case.refresh_from_db()
        assert (case.status, case.last_modified_at) == (Status.INTERNAL_REFERRAL, before)
        still.move(hours=1)
        end(company, asked[index], ways[index])
        told = FeedItem.objects.filter(kind=f"assignment_{ways[index]}").latest("id")
        assert told.data["still_open"] == left
    case.refresh_from_db()
    assert (case.status, case.last_modified_at) == (Status.AWAITING_SUPPORT, still.at)
    assert FeedItem.objects.filter(kind="status").count() == 1
