"""What the demo company asks of its departments: true to the procedures, and something for each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from heliodesk.assignments.models import AssignmentStatus
from heliodesk.cases.defaults import SOPS
from heliodesk.demo.casework import Asked, Casework, Subject
from heliodesk.demo.company import Company
from heliodesk.demo.departments import MEMBERS_OF, TOPICS, VOIDING, WANTS_MANAGERS
from heliodesk.demo.facts import gather
from heliodesk.demo.people import BY_USERNAME
from heliodesk.demo.referral import SUBTYPES, Referral, Team, read, teams
from heliodesk.demo.story import stories
from heliodesk.demo.telling import tell
from heliodesk.people.defaults import DEPARTMENTS
from tests.demo.conftest import NOW

pytestmark = pytest.mark.xdist_group("demo")

OVERDUE = timedelta(hours=48)


@pytest.fixture(scope="module")
def asked(cases: list[Casework]) -> list[Asked]:
    """Every assignment."""
    return [each for case in cases for each in case.assignments]


def every() -> list[Referral]:
    return [referral for team in teams() for referral in team.referrals]


def test_every_reason_of_every_department_has_its_words() -> None:
    wanted = {(each.name, reason.name) for each in DEPARTMENTS for reason in each.reasons}
    assert {(one.team.department, one.reason) for one in every()} == wanted
    assert all(team.posts and team.rejects and team.returns for team in teams())
    for one in every():
        named = {subtype for subtype, _ in one.asked}
        subtypes = set(SUBTYPES[one.team.department, one.reason])
        assert named <= subtypes if subtypes else named == {""}, one.reason
        ends = {subtype for subtype, _ in one.done}
        assert ends <= {*subtypes, ""}, one.reason
        assert "" in ends or named <= ends, (one.reason, named - ends)


def test_reasons_fit_requests_that_there_are() -> None:
    subtypes = {story.subtype for story in stories()}
    fitting = {name for one in every() for name in one.fits}
    assert fitting <= subtypes
    assert len(fitting) > len(subtypes) / 2
    assert all(one.fits for one in every())


def test_what_the_sop_suggests_fits() -> None:
    fits = {(one.team.department, one.reason): one.fits for one in every()}
    suggested = [sop for sop in SOPS if sop.department]
    assert all(sop.subtype in fits[sop.department, sop.reason] for sop in suggested)


def test_a_line_without_a_mark_is_an_error() -> None:
    with pytest.raises(ValueError, match="has no mark"):
        read("DP\nsomething else")


def test_all_words_can_be_told(directory: Company) -> None:
    home = directory.homes[0]
    subject = Subject(home.org, home, home.agreements[0], home.signer)
    facts = gather(subject, directory.now, "Somebody Else", Random(1))
    for fragment in [*(word for team in teams() for word in general(team)), *special()]:
        assert not set("[]{}|") & set(tell(fragment, facts, Random(1))), fragment


def general(team: Team) -> list[str]:
    return [*team.posts, *team.rejects, *team.returns]


def special() -> list[str]:
    return [text for one in every() for _, text in (*one.done, *one.asked)]


def test_each_department_has_people_and_a_list_worth_looking_at(asked: list[Asked]) -> None:
    for department in DEPARTMENTS:
        assert len(MEMBERS_OF[department.name]) >= 2
        mine = [each for each in asked if each.department == department.name]
        standing = [each for each in mine if each.stands]
        late = [each for each in standing if (each.acted_at or each.at) < NOW - OVERDUE]
        assert len(late) > 1, department.name
        assert {each.status for each in standing} == {"open", "accepted"}, department.name
        assert {"completed", "returned"} <= {each.status for each in mine}, department.name
        assert {each.topic for each in mine} == set(department.topics or ("",))


def test_assignments_end_in_every_way(asked: list[Asked]) -> None:
    statuses = Counter(each.status for each in asked)
    assert set(statuses) == set(AssignmentStatus)
    assert min(statuses.values()) > 20


def test_a_case_is_internal_referral_exactly_while_an_assignment_stands(
    cases: list[Casework],
) -> None:
    for case in cases:
        assert (case.status == "internal_referral") == bool(case.standing), case.description
    assert sum(len(case.standing) > 1 for case in cases) > 3


def test_only_who_may_acts(asked: list[Asked]) -> None:
    for each in asked:
        members = MEMBERS_OF[each.department]
        assert BY_USERNAME[each.by].role
        assert not each.assignee or each.assignee in members
        by_owner = each.status == "withdrawn"
        assert not each.ended_by or (each.ended_by in members) != by_owner
        assert (each.status == "open") <= (not each.assignee)
        assert (each.status in {"accepted", "completed"}) <= bool(each.assignee)


def test_each_says_what_its_department_wants(asked: list[Asked]) -> None:
    for each in asked:
        assert bool(each.managers) == (each.department in WANTS_MANAGERS)
        assert bool(each.topic) == bool(TOPICS[each.department])
        assert bool(each.subtype) == bool(SUBTYPES[each.department, each.reason])
        assert bool(each.outcome) == (not each.stands)


def test_of_follow_ups_one_waits_and_one_has_been_escalated(asked: list[Asked]) -> None:
    open_ones = [one for each in asked if each.stands for one in each.follow_ups]
    waiting = [one for one in open_ones if one.ended_at is None]
    assert any(one.escalated_at for one in waiting)
    fresh = [NOW - one.at for one in waiting if not one.escalated_at]
    assert any(timedelta(hours=39) < age < timedelta(hours=42) for age in fresh)
    for each in asked:
        assert sum(one.ended_at is None for one in each.follow_ups) <= 1
        for one in each.follow_ups:
            late = (one.ended_at or NOW) - one.at >= timedelta(hours=48)
            assert bool(one.escalated_at) == late


def test_what_the_specialist_refused_is_voided_but_for_the_latest(cases: list[Casework]) -> None:
    refused = [case for case in cases if case.assignments and refused_last(case)]
    ended = Counter(case.endings[0].reason for case in refused if case.endings)
    assert ended["Case Voided"] == sum(ended.values()) > 2
    waiting = [case for case in refused if case.is_open and not case.endings]
    assert any(BY_USERNAME[case.owner].role for case in waiting if case.owner in BY_USERNAME)


def refused_last(case: Casework) -> bool:
    """Whether the last that ended was refused by a department that voids."""
    ended = [each for each in case.assignments if each.ended_at]
    last = max(ended, key=lambda each: str(each.ended_at), default=None)
    return bool(last and last.department in VOIDING and last.status in {"rejected", "returned"})
