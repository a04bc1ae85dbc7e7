"""Accepting, taking over, releasing: by members of the department alone (A4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from heliodesk.assignments.models import AssignmentStatus, CaseAssignment
from heliodesk.assignments.rules.working import (
    accept_assignment,
    release_assignment,
    take_over_assignment,
)
from heliodesk.cases.models import Status
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from heliodesk.people.access import Actor
from heliodesk.people.models import User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db

ACTS: dict[str, Callable[..., CaseAssignment]] = {
    "accept": accept_assignment,
    "take over": take_over_assignment,
    "release": release_assignment,
}


@pytest.fixture
def dan(company: Cast) -> User:
    """Another member of Sales."""
    made = cast.user("dan")
    company.sales.memberships.create(user=made)
    return made


@pytest.fixture
def asked(company: Cast) -> CaseAssignment:
    """What Sales has been asked."""
    return cast.assignment(company, cast.case(company, status=Status.INTERNAL_REFERRAL))


def refusal(act: Callable[..., object], asked: CaseAssignment, by: Actor) -> Refused:
    with pytest.raises(Refused) as refused:
        act(asked, by=by)
    assert refused.value.rule == "A4"
    return refused.value


def test_a_member_accepts_and_becomes_its_assignee(
    company: Cast, asked: CaseAssignment, still: Clock
) -> None:
    before = asked.case.last_modified_at
    still.move(hours=1)
    accept_assignment(asked, by=actor(company.dora))
    asked.refresh_from_db()
    assert (asked.status, asked.assignee) == (AssignmentStatus.ACCEPTED, company.dora)
    assert (asked.accepted_at, asked.acted_at) == (still.at, still.at)
    item = FeedItem.objects.get()
    assert (item.kind, item.author) == ("assignment_accepted", company.dora)
    asked.case.refresh_from_db()
    assert asked.case.last_modified_at == before  # S4
    assert not Notice.objects.exists()


def test_accepted_it_is_not_accepted_again(company: Cast, asked: CaseAssignment, dan: User) -> None:
    accept_assignment(asked, by=actor(company.dora))
    taken = refusal(accept_assignment, asked, actor(dan))
    assert (taken.code, taken.about) == ("assignment_accepted", {"assignee": "Dora Tester"})
    assert "Take it over" in taken.message
    assert refusal(accept_assignment, asked, actor(company.dora)).code == "assignment_yours"


def test_another_member_takes_it_over_and_who_had_it_is_told(
    company: Cast, asked: CaseAssignment, dan: User, still: Clock
) -> None:
    accept_assignment(asked, by=actor(company.dora))
    still.move(minutes=5)
    take_over_assignment(asked, by=actor(dan))
    asked.refresh_from_db()
    assert (asked.assignee, asked.accepted_at) == (dan, still.at)
    item = FeedItem.objects.get(kind="assignment_taken_over")
    assert item.data["old"] == "Dora Tester"
    assert Notice.objects.get().recipient == company.dora


def test_only_what_another_has_is_taken_over(
    company: Cast, asked: CaseAssignment, dan: User
) -> None:
    free = refusal(take_over_assignment, asked, actor(dan))
    assert (free.code, "accept it" in free.message) == ("assignment_not_accepted", True)
    accept_assignment(asked, by=actor(dan))
    assert refusal(take_over_assignment, asked, actor(dan)).code == "assignment_yours"


def test_any_member_releases_it_and_the_department_is_told(
    company: Cast, asked: CaseAssignment, dan: User
) -> None:
    accept_assignment(asked, by=actor(company.dora))
    release_assignment(asked, by=actor(dan))
    asked.refresh_from_db()
    assert (asked.status, asked.assignee, asked.accepted_at) == ("open", None, None)
    assert Notice.objects.get().recipient == company.dora
    assert refusal(release_assignment, asked, actor(dan)).code == "assignment_not_accepted"
    assert accept_assignment(asked, by=actor(dan)).assignee_id == dan.pk


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["frank", "sue", "ada", "oscar"])
def test_nobody_else_does_not_even_administrators(
    company: Cast, asked: CaseAssignment, act: str, who: str
) -> None:
    if act != "accept":
        accept_assignment(asked, by=actor(company.dora))
    refused = refusal(ACTS[act], asked, actor(getattr(company, who)))
    assert isinstance(refused, NotPermitted)
    assert refused.code == "not_of_department"
    assert "Only members of Sales may" in refused.message


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("status", ["completed", "rejected", "returned", "withdrawn"])
def test_not_on_what_has_ended(company: Cast, act: str, status: str) -> None:
    ended = cast.assignment(company, cast.case(company), status=status)
    refused = refusal(ACTS[act], ended, actor(company.dora))
    assert (refused.code, refused.about) == ("assignment_ended", {"status": status})
    assert f"was {status} by Dora Tester already" in refused.message
