"""L. Log Review, on the screen."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Activity
from heliodesk.drafts.keep import keep, kept
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.screens import page, send

pytestmark = pytest.mark.django_db


def test_l1_only_the_owner_reviews_and_others_are_offered_the_feed(company: Cast) -> None:
    case = cast.case(company)
    assert "Log Review" in page(company.frank, case.get_absolute_url())
    why = "Only its owner may log a review of the case. Post in the feed instead."
    assert why in page(company.sue, case.get_absolute_url())
    address = f"{case.get_absolute_url()}review/new/"
    assert why in page(company.sue, address, 403)
    assert why in send(company.sue, address, 403, comments="I looked.")

    queued = cast.case(company, owner_queue=company.homeowner_queue)
    send(company.bob, f"{queued.get_absolute_url()}review/new/", comments="Looked.")
    assert Activity.objects.get().by == company.bob


def test_l2_the_comments_start_with_the_template(company: Cast) -> None:
    form = page(company.frank, f"{cast.case(company).get_absolute_url()}review/new/")
    assert "Current Status: Pending Action Items: Pending Action Owner: " in form
    assert "reason for the update, such as a status change or new information" in form


def test_l3_not_empty_and_at_most_1000_characters(company: Cast) -> None:
    case = cast.case(company)
    address = f"{case.get_absolute_url()}review/new/"
    template = "Current Status: \r\nPending Action Items: \r\nPending Action Owner: "
    assert "the untouched template says nothing" in send(
        company.frank, address, 422, comments=template
    )
    long = "x" * 499 + "\r\n" + "y" * 501
    refused = send(company.frank, address, 422, comments=long)
    assert "The comments have 1,001 characters" in refused
    assert 'title="Procedure L3 in the guide"' in refused
    assert "y" * 501 in refused
    assert not Activity.objects.exists()
    send(company.frank, address, comments=long[:-1])
    assert len(Activity.objects.get().comments) == 1000


def test_l3_what_was_typed_comes_back_until_it_is_sent(company: Cast) -> None:
    case = cast.case(company)
    address = f"{case.get_absolute_url()}review/new/"
    key, by = f"case/{case.number}/review", actor(company.frank)
    keep(key, {"comments": "Half a sentence"}, by=by)
    assert "Half a sentence" in page(company.frank, address)
    send(company.frank, address, comments="A whole one.")
    assert kept(key, by=by) == {}


def test_l4_a_completed_activity_stands_in_feed_and_activity_list(company: Cast) -> None:
    case = cast.case(company)
    send(company.frank, f"{case.get_absolute_url()}review/new/", comments="Waiting for DP.")
    activity = Activity.objects.get(case=case)
    assert (activity.subject, activity.name, activity.due_date, activity.status) == (
        "Case Review",
        "",
        None,
        "Completed",
    )
    assert FeedItem.objects.get(case=case, kind="review").body == "Waiting for DP."
    listed = page(company.frank, f"{case.get_absolute_url()}?tab=activity")
    assert "Case Review" in listed
    assert "Completed" in listed


def test_l5_last_modified_is_the_very_time_of_the_activity(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(hours=5)
    send(company.frank, f"{case.get_absolute_url()}review/new/", comments="Waiting.")
    case.refresh_from_db()
    assert case.last_modified_at == Activity.objects.get().at == still.at


def test_l6_the_case_keeps_the_latest_review(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    for said in ("First.", "Second."):
        still.move(hours=1)
        send(company.frank, f"{case.get_absolute_url()}review/new/", comments=said)
    case.refresh_from_db()
    assert (case.review_comments, case.reviewed_at, case.reviewed_by) == (
        "Second.",
        still.at,
        company.frank,
    )
