"""The demo company's cases: every state, true to the procedures, varied, the same each time."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from heliodesk.cases.defaults import CLOSED_REASONS
from heliodesk.cases.models import Status
from heliodesk.cases.models.activities import REVIEW_LIMIT
from heliodesk.demo.casework import Casework
from heliodesk.demo.company import Company
from heliodesk.demo.load import Scale, imagine
from heliodesk.demo.people import BY_USERNAME
from heliodesk.feed.kinds import KINDS
from tests.demo.conftest import NOW, Imagined

pytestmark = pytest.mark.xdist_group("demo")

WINDOW = timedelta(hours=6)


def test_the_same_moment_gives_the_same_company() -> None:
    small = Scale(homes=60, cases=150, conversations=20)
    one, other = imagine(NOW, scale=small), imagine(NOW, scale=small)
    assert [case.description for case in one[1]] == [case.description for case in other[1]]
    assert _events(one) == _events(other)
    assert [home.people for home in one[0].homes] == [home.people for home in other[0].homes]
    assert [talk.about for talk in one[2]] == [talk.about for talk in other[2]]


def _events(imagined: Imagined) -> list[tuple[object, ...]]:
    return [
        (event.kind, event.at, event.by, event.body, event.data, event.told)
        for case in imagined[1]
        for event in case.events
    ]


def test_four_thousand_cases_stand_in_every_state(cases: list[Casework]) -> None:
    assert 4000 <= len(cases) <= 4010
    statuses = Counter(case.status for case in cases)
    assert set(statuses) == set(Status)
    assert min(statuses.values()) > 40
    queued = Counter(case.owner for case in cases if case.is_open)
    assert queued["homeowner"] > 15
    assert queued["installer"] > 2
    assert len(queued) > 12


def test_every_kind_of_case_is_there(cases: list[Casework]) -> None:
    assert sum(bool(case.subject.stranger) for case in cases) > 30
    assert sum(bool(case.subject.seller) for case in cases) > 30
    assert sum(case.confirmed_ending for case in cases) > 50
    assert sum(bool(case.not_the_same) for case in cases) > 30
    assert sum(bool(case.continues) for case in cases) > 30
    assert {case.priority for case in cases} == {1, 2}
    offered = {reason.name for reason in CLOSED_REASONS if not reason.system_only}
    assert {ending.reason for case in cases for ending in case.endings} == offered


def test_some_open_cases_are_due_for_review_and_some_are_not(cases: list[Casework]) -> None:
    since = [case.review_due_from for case in cases if case.is_open]
    due = sum(at is not None and at < NOW - timedelta(days=2) for at in since)
    assert 40 < due < len(since) - 40


def test_lately_closed_cases_can_still_be_reopened(cases: list[Casework]) -> None:
    lately = [case for case in cases if not case.is_open and case.endings[-1].at > NOW - WINDOW]
    assert sum(len(case.endings) == 1 for case in lately) > 5


def test_reopening_is_once_and_within_six_hours(cases: list[Casework]) -> None:
    reopened = [case for case in cases if any(ending.reopened_at for ending in case.endings)]
    assert len(reopened) > 80
    for case in reopened:
        (ending,) = [ending for ending in case.endings if ending.reopened_at]
        assert ending.reopened_at is not None
        assert timedelta() < ending.reopened_at - ending.at <= WINDOW
    assert all(len(case.endings) <= 2 for case in cases)


def test_a_case_is_closed_exactly_while_a_closing_stands(cases: list[Casework]) -> None:
    for case in cases:
        standing = [ending for ending in case.endings if not ending.reopened_at]
        assert len(standing) == (0 if case.is_open else 1)


def test_nothing_lies_in_the_future_or_before_the_case(cases: list[Casework]) -> None:
    for case in cases:
        times = [event.at for event in case.events]
        assert times[0] == case.created_at
        assert all(earlier <= later for earlier, later in pairwise(times)), case.description
        assert times[-1] <= NOW
    assert cases[0].created_at > NOW - timedelta(days=366)


def test_conversations_are_of_the_last_year(imagined: Imagined) -> None:
    _, cases, talks = imagined
    every = [*talks, *(talk for case in cases for talk in case.talks)]
    assert len(talks) > 800
    assert all(NOW - timedelta(days=366) < talk.at <= NOW for talk in every)


def test_no_case_is_older_than_its_contract(cases: list[Casework]) -> None:
    under = [case for case in cases if case.subject.agreement]
    assert all(
        case.subject.agreement and case.subject.agreement.since < case.created_at for case in under
    )


def test_only_people_of_support_own_cases(cases: list[Casework]) -> None:
    owners = {case.owner for case in cases} - {"homeowner", "installer"}
    assert all(BY_USERNAME[owner].role for owner in owners)
    open_owners = {case.owner for case in cases if case.is_open} - {"homeowner", "installer"}
    assert not any(BY_USERNAME[owner].left_days_ago for owner in open_owners)


def test_reviews_follow_the_template_and_the_limit(cases: list[Casework]) -> None:
    reviews = [event.body for case in cases for event in case.reviews]
    assert len(reviews) > 2000
    for text in reviews:
        headings = [line.split(":")[0] for line in text.split("\n")]
        assert headings == ["Current Status", "Pending Action Items", "Pending Action Owner"]
        assert len(text) <= REVIEW_LIMIT


def test_events_are_of_declared_kinds(cases: list[Casework]) -> None:
    kinds = {event.kind for case in cases for event in case.events}
    assert kinds <= set(KINDS)
    assert {"owner", "escalated", "taken", "interaction", "reopened", "contract"} <= kinds


def test_nobody_is_told_of_their_own_doing(cases: list[Casework]) -> None:
    told = [(event.by, to) for case in cases for event in case.events for to, _ in event.told]
    assert len(told) > 3000
    assert all(by != to for by, to in told)


def test_no_two_cases_read_the_same(cases: list[Casework]) -> None:
    assert len({case.description for case in cases}) == len(cases)
    for near in range(0, len(cases), 50):
        openings = Counter(case.description[:70] for case in cases[near : near + 50])
        assert openings.most_common(1)[0][1] <= 2


def test_feeds_differ_from_case_to_case(cases: list[Casework]) -> None:
    posts = [event.body for case in cases for event in case.events if event.kind == "post"]
    assert len(set(posts)) > len(posts) * 0.6
    worked = [case for case in cases if sum(e.kind == "post" for e in case.events) > 1]
    feeds = Counter(
        tuple(event.body for event in case.events if event.kind == "post") for case in worked
    )
    assert len(feeds) > len(worked) * 0.98
    assert feeds.most_common(1)[0][1] <= 5


def test_a_case_never_says_the_same_twice(cases: list[Casework]) -> None:
    for case in cases:
        posts = [event.body for event in case.events if event.kind == "post" and not event.parent]
        assert len(set(posts)) == len(posts), case.description


def test_a_customer_who_was_not_on_record_has_come_into_the_system(
    directory: Company, cases: list[Casework]
) -> None:
    names = {home.signer.name for home in directory.homes}
    come = [case for case in cases if case.subject.stranger and case.subject.stranger[0] in names]
    assert len(come) >= 3
    assert all(case.is_open for case in come)
