"""A merge, and what is done on its cases at that moment (X7)."""

from __future__ import annotations

import pytest

from heliodesk.assignments.models import AssignmentStatus, CaseAssignment
from heliodesk.assignments.rules.ending import complete_assignment
from heliodesk.assignments.rules.follow_up import follow_up_assignment
from heliodesk.cases.models import Case, Status
from heliodesk.cases.rules.merging import merge_cases, undo_merge
from heliodesk.core.refusal import Refused
from heliodesk.feed.models import FeedItem
from heliodesk.feed.rules.posts import post
from tests import cast
from tests.cast import Cast, actor
from tests.races import overtaken
from tests.screens import send

pytestmark = pytest.mark.django_db(transaction=True)


def two(company: Cast, **fields: object) -> tuple[Case, Case]:
    """The case that goes, and the one that stays: both Frank's, of Maria."""
    return cast.case(company, **fields), cast.case(company)


def test_no_reply_is_left_behind_by_its_thread(company: Cast) -> None:
    gone, stays = two(company)
    frank, fiona = actor(company.frank), actor(company.fiona)
    root = post(gone, body="The bank called.", by=frank)
    code = overtaken(
        lambda: merge_cases(gone, into=stays, by=frank),
        lambda: post(gone, body="Which one?", parent=root, by=fiona),
    )
    assert code == "reply_to_moved"
    assert not FeedItem.objects.filter(case=gone, kind="post").exists()


def test_a_reply_sent_a_moment_before_goes_along(company: Cast) -> None:
    gone, stays = two(company)
    frank, fiona = actor(company.frank), actor(company.fiona)
    root = post(gone, body="The bank called.", by=frank)
    code = overtaken(
        lambda: post(gone, body="Which one?", parent=root, by=fiona),
        lambda: merge_cases(gone, into=stays, by=frank),
    )
    assert code == ""
    assert FeedItem.objects.filter(case=stays, kind="post").count() == 2


def test_what_is_typed_to_a_thread_that_has_gone_is_kept(company: Cast) -> None:
    gone, stays = two(company)
    root = post(gone, body="The bank called.", by=actor(company.frank))
    merge_cases(gone, into=stays, by=actor(company.frank))
    html = send(
        company.fiona, f"{gone.get_absolute_url()}posts/", 422, body="Which bank?", reply_to=root.pk
    )
    assert "Which bank?" in html
    assert "There is no such post on this case" in html
    assert 'name="reply_to"' not in html
    address = f"{gone.get_absolute_url()}posts/?reply_to={root.pk}"
    assert send(company.fiona, address, body="Which bank?")


def test_an_assignment_is_completed_while_its_case_is_merged(company: Cast) -> None:
    gone, stays = two(company, status=Status.INTERNAL_REFERRAL)
    made = cast.assignment(company, gone, status=AssignmentStatus.ACCEPTED)
    frank, dora = actor(company.frank), actor(company.dora)
    code = overtaken(
        lambda: merge_cases(gone, into=stays, by=frank),
        lambda: complete_assignment(made, resolution="Asked the rep.", by=dora),
    )
    assert code == ""
    stays.refresh_from_db()
    assert stays.status == Status.AWAITING_SUPPORT
    told = FeedItem.objects.get(kind="assignment_completed")
    assert told.case_id == stays.pk
    undo_merge(gone, by=frank)
    gone.refresh_from_db()
    assert gone.status == Status.AWAITING_SUPPORT
    assert CaseAssignment.objects.get(case=gone).status == AssignmentStatus.COMPLETED


def test_an_assignment_is_completed_while_its_merge_is_undone(company: Cast) -> None:
    gone, stays = two(company, status=Status.INTERNAL_REFERRAL)
    made = cast.assignment(company, gone, status=AssignmentStatus.ACCEPTED)
    frank, dora = actor(company.frank), actor(company.dora)
    merge_cases(gone, into=stays, by=frank)
    made.refresh_from_db()
    code = overtaken(
        lambda: undo_merge(gone, by=frank),
        lambda: complete_assignment(made, resolution="Asked the rep.", by=dora),
    )
    assert code == ""
    gone.refresh_from_db()
    stays.refresh_from_db()
    assert (gone.status, stays.status) == (Status.AWAITING_SUPPORT, Status.NEW)


def test_a_follow_up_goes_with_its_assignment_and_stays_the_only_one(company: Cast) -> None:
    gone, stays = two(company, status=Status.INTERNAL_REFERRAL)
    made = cast.assignment(company, gone)
    frank = actor(company.frank)
    follow_up_assignment(made, by=frank)
    merge_cases(gone, into=stays, by=frank)
    made.refresh_from_db()
    with pytest.raises(Refused, match="has been asked after"):
        follow_up_assignment(made, by=frank)
    post(stays, body="We are at it.", by=actor(company.dora))
    assert made.follow_ups.get().ended_at is not None


def test_a_new_case_that_takes_what_had_ended_is_new_no_more(company: Cast) -> None:
    gone, stays = two(company, status=Status.AWAITING_SUPPORT)
    cast.assignment(company, gone, status=AssignmentStatus.REJECTED)
    merge_cases(gone, into=stays, by=actor(company.frank))
    stays.refresh_from_db()
    assert stays.status == Status.AWAITING_SUPPORT
