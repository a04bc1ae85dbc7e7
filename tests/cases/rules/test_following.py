"""Following a case: its notices for somebody who does not own it (W2)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Case, Follower
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.following import follow_case, unfollow_case
from heliodesk.core.refusal import NotFound
from heliodesk.feed.rules.posts import post
from heliodesk.notices.models import Notice
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def told(company: Cast) -> list[str]:
    mine = Notice.objects.filter(recipient=company.fiona).order_by("id")
    return list(mine.values_list("kind", flat=True))


def followed(company: Cast) -> Case:
    return follow_case(cast.case(company), by=actor(company.fiona))


def test_a_follower_is_told_what_happens(company: Cast) -> None:
    case = followed(company)
    post(case, body="The bank called.", by=actor(company.frank))
    close(case, reason=company.resolved, by=actor(company.frank))
    assert told(company) == ["followed", "followed"]


def test_not_of_their_own_doing_and_not_twice_for_one_post(company: Cast) -> None:
    case = followed(company)
    post(case, body="Mine.", by=actor(company.fiona))
    post(case, body="Please look, @fiona", by=actor(company.frank))
    assert told(company) == ["mentioned"]


def test_no_longer_after_unfollowing(company: Cast) -> None:
    case = unfollow_case(followed(company), by=actor(company.fiona))
    assert not case.is_followed
    post(case, body="The bank called.", by=actor(company.frank))
    assert told(company) == []


def test_twice_is_once_and_the_last_one_to_go_leaves_it_unfollowed(company: Cast) -> None:
    case = followed(company)
    follow_case(case, by=actor(company.fiona))
    follow_case(case, by=actor(company.bea))
    assert Follower.objects.count() == 2
    assert unfollow_case(case, by=actor(company.bea)).is_followed
    assert not unfollow_case(case, by=actor(company.fiona)).is_followed


def test_who_may_not_see_the_case_does_not_follow_it(company: Cast) -> None:
    with pytest.raises(NotFound):
        follow_case(cast.case(company), by=actor(company.dora))


def test_who_may_see_it_no_longer_is_not_told(company: Cast) -> None:
    case = cast.case(company)
    Follower.objects.create(case=case, user=company.dora, at=case.created_at)
    Case.objects.update(is_followed=True)
    case.refresh_from_db()
    post(case, body="The bank called.", by=actor(company.frank))
    assert not Notice.objects.filter(recipient=company.dora).exists()
