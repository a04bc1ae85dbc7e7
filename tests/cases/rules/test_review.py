"""Log Review: who may, what it must say, and what it leaves on the case (L1–L6)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Activity, Status
from heliodesk.cases.rules.review import TEMPLATE, log_review
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db

SAID = "Current Status: waiting\nPending Action Items: a bill\nPending Action Owner: Maria"


def test_activity_feed_and_case_have_the_very_same_instant(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(days=3)

    activity = log_review(case, comments=SAID, by=actor(company.frank))

    case.refresh_from_db()
    item = FeedItem.objects.get(case=case, kind="review")
    assert (
        {activity.at, item.at, case.reviewed_at, case.review_due_from, case.last_modified_at}
    ) == {still.at}
    assert (activity.subject, activity.name, activity.due_date, activity.status) == (
        "Case Review",
        "",
        None,
        "Completed",
    )
    assert activity.comments == item.body == case.review_comments == SAID
    assert case.reviewed_by == activity.by == company.frank


def test_a_new_review_overwrites_the_latest(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    log_review(case, comments="First.", by=actor(company.frank))
    still.move(hours=1)
    log_review(case, comments="Second.", by=actor(company.frank))
    case.refresh_from_db()
    assert (case.review_comments, case.reviewed_at) == ("Second.", still.at)
    assert Activity.objects.count() == 2


def test_members_of_the_owning_queue_review(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    assert log_review(case, comments="Looked.", by=actor(company.bob)).by == company.bob


@pytest.mark.parametrize("who", ["fiona", "sue", "ada", "dora"])
def test_nobody_else_reviews_not_even_supervisors(company: Cast, who: str) -> None:
    with pytest.raises(NotPermitted, match="Only its owner") as refused:
        log_review(cast.case(company), comments=SAID, by=actor(getattr(company, who)))
    assert refused.value.rule == "L1"


def test_not_on_a_closed_case(company: Cast) -> None:
    with pytest.raises(Refused, match="closed"):
        log_review(cast.case(company, status=Status.CLOSED), comments=SAID, by=actor(company.frank))


@pytest.mark.parametrize(
    "comments",
    ["", "  \r\n ", TEMPLATE, TEMPLATE.replace("\n", "\r\n"), TEMPLATE.replace(" \n", "\n")],
)
def test_the_untouched_template_says_nothing(company: Cast, comments: str) -> None:
    with pytest.raises(Refused, match="untouched template") as refused:
        log_review(cast.case(company), comments=comments, by=actor(company.frank))
    assert (refused.value.rule, refused.value.field) == ("L3", "comments")


def test_a_thousand_code_points_pass_and_one_more_does_not(company: Cast) -> None:
    case, by = cast.case(company), actor(company.frank)
    fits = "☀" * 998 + "\r\n" + "y"  # the line break of a browser counts as one
    assert log_review(case, comments=fits, by=by).comments == "☀" * 998 + "\ny"
    with pytest.raises(Refused, match="1 more than the 1,000") as refused:
        log_review(case, comments=fits + "z", by=by)
    assert refused.value.field == "comments"
