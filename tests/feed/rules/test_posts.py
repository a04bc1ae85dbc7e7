"""Posting, editing and deleting refuse for every reason they have (C1, C4, K6)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Case, Status
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.feed.rules.posts import POST_LIMIT, delete_post, edit_post, post
from heliodesk.notices.models import Notice
from heliodesk.people.models import User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def told(item: FeedItem) -> dict[str, str]:
    """Who has a notice of the item, and why."""
    return dict(Notice.objects.filter(item=item).values_list("recipient__username", "kind"))


def assign(case: Case, company: Cast) -> None:
    """Sales gets an assignment on the case, so that Dora may see it."""
    cast.assignment(company, case)


def test_a_post_stands_in_the_feed_and_in_the_record(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    item = post(case, body=" The **bank** confirmed.\r\n ", by=actor(company.bea))
    assert (item.body, item.body_html) == (
        "The **bank** confirmed.",
        "<p>The <strong>bank</strong> confirmed.</p>\n",
    )
    assert (item.author, item.at, item.kind) == (company.bea, still.at, "post")
    entry = AuditEntry.objects.get(kind="post")
    assert (entry.by, entry.subject_id, entry.changes) == (
        company.bea,
        case.pk,
        {"item": item.pk},
    )


@pytest.mark.parametrize("body", ["", "  \n\t ", "\x00"])
def test_an_empty_post_is_refused(company: Cast, body: str) -> None:
    with pytest.raises(Refused, match="Write something first") as refused:
        post(cast.case(company), body=body, by=actor(company.frank))
    assert (refused.value.rule, refused.value.field) == ("C1", "body")


def test_a_post_has_a_limit(company: Cast) -> None:
    case = cast.case(company)
    post(case, body="x" * POST_LIMIT, by=actor(company.frank))
    with pytest.raises(Refused, match="at most 20,000 characters, and this has 20,001"):
        post(case, body="x" * (POST_LIMIT + 1), by=actor(company.frank))


def test_what_postgresql_cannot_hold_is_left_out(company: Cast) -> None:
    item = post(cast.case(company), body="a\x00b\ud800c", by=actor(company.frank))
    assert item.body == "ab?c"


def test_who_may_not_see_the_case_cannot_post(company: Cast) -> None:
    with pytest.raises(NotFound, match="not one you may see"):
        post(cast.case(company), body="Hello", by=actor(company.dora))
    assert not FeedItem.objects.exists()


def test_a_department_with_an_assignment_posts(company: Cast) -> None:
    case = cast.case(company)
    assign(case, company)
    assert post(case, body="We did.", by=actor(company.dora)).author == company.dora


def test_a_reply_to_a_reply_stands_under_the_root(company: Cast) -> None:
    case = cast.case(company)
    root = post(case, body="Who has the meter photos?", by=actor(company.frank))
    reply = post(case, body="Bob has.", parent=root, by=actor(company.bea))
    second = post(case, body="Here.", parent=reply, by=actor(company.bob))
    assert (reply.parent, second.parent) == (root, root)
    assert told(reply) == {"frank": "replied"}
    assert told(second) == {"bea": "replied"}


def test_who_is_mentioned_in_a_reply_is_told_once(company: Cast) -> None:
    case = cast.case(company)
    root = post(case, body="Question", by=actor(company.frank))
    reply = post(case, body="@frank see above", parent=root, by=actor(company.bea))
    assert told(reply) == {"frank": "mentioned"}


def test_nobody_is_told_of_their_own_doing(company: Cast) -> None:
    case = cast.case(company)
    root = post(case, body="Note to @frank", by=actor(company.frank))
    reply = post(case, body="And more", parent=root, by=actor(company.frank))
    assert told(root) == told(reply) == {}


def test_a_reply_to_another_case_or_to_a_deleted_post_is_refused(company: Cast) -> None:
    case, other = cast.case(company), cast.case(company)
    root = post(case, body="Question", by=actor(company.frank))
    with pytest.raises(Refused, match="Post to the feed instead"):
        post(other, body="Answer", parent=root, by=actor(company.bea))
    delete_post(root, by=actor(company.frank))
    root.refresh_from_db()
    with pytest.raises(Refused, match="has been deleted"):
        post(case, body="Answer", parent=root, by=actor(company.bea))


def test_a_queue_is_mentioned_by_its_slug(company: Cast) -> None:
    item = post(cast.case(company), body="@homeowner, please", by=actor(company.bea))
    assert Mention.objects.get().queue == company.homeowner_queue
    assert told(item) == {"bob": "mentioned"}


def test_a_member_of_a_queue_who_may_not_see_the_case_is_not_told(company: Cast) -> None:
    company.homeowner_queue.memberships.create(user=company.dora)
    item = post(cast.case(company), body="@homeowner", by=actor(company.frank))
    assert told(item) == {"bea": "mentioned", "bob": "mentioned"}


def test_a_department_is_mentioned_where_it_sees_the_case(company: Cast) -> None:
    case = cast.case(company)
    assign(case, company)
    item = post(case, body="@sales did you?", by=actor(company.frank))
    assert told(item) == {"dora": "mentioned"}


@pytest.mark.parametrize(("handle", "name"), [("dora", "Dora Tester"), ("sales", "Sales")])
def test_who_may_not_see_the_case_cannot_be_mentioned(
    company: Cast, handle: str, name: str
) -> None:
    with pytest.raises(Refused, match=f"{name} may not see this case") as refused:
        post(cast.case(company), body=f"@frank @{handle} look", by=actor(company.bea))
    assert (refused.value.rule, refused.value.about) == ("K6", {"names": [name]})
    assert not Notice.objects.exists()


def test_who_is_deactivated_cannot_be_mentioned(company: Cast) -> None:
    User.objects.filter(pk=company.bob.pk).update(is_active=False)
    with pytest.raises(Refused, match="Bob Tester is not active any more"):
        post(cast.case(company), body="@bob", by=actor(company.frank))


def test_a_handle_that_names_nobody_or_two_stays_text(company: Cast) -> None:
    cast.user("homeowner", "frontline")
    item = post(cast.case(company), body="@ghost @homeowner", by=actor(company.frank))
    assert item.body_html == "<p>@ghost @homeowner</p>\n"
    assert not Mention.objects.exists()


def test_an_edited_post_says_so_and_tells_only_new_people(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    item = post(case, body="@bea look", by=actor(company.frank))
    Notice.objects.update(read_at=still.at)
    still.move(minutes=15)
    edited = edit_post(item, body="@bea @bob look", by=actor(company.frank))
    assert (edited.edited_at, edited.body) == (still.at, "@bea @bob look")
    assert "@Bob Tester" in edited.body_html
    assert told(item) == {"bea": "mentioned", "bob": "mentioned"}
    assert Notice.objects.get(recipient=company.bea).read_at is not None
    assert Mention.objects.count() == 2
    entry = AuditEntry.objects.get(kind="post_edited")
    assert entry.changes == {"item": item.pk, "body": ["@bea look", "@bea @bob look"]}


def test_an_edit_that_changes_nothing_is_none(company: Cast) -> None:
    item = post(cast.case(company), body="Same", by=actor(company.frank))
    assert edit_post(item, body=" Same ", by=actor(company.frank)).edited_at is None


def test_fifteen_minutes_later_it_is_too_late(company: Cast, still: Clock) -> None:
    item = post(cast.case(company), body="Typo", by=actor(company.frank))
    still.move(minutes=15, seconds=1)
    with pytest.raises(Refused, match="change a post for 15 minutes, and they are over") as refused:
        edit_post(item, body="Fixed", by=actor(company.frank))
    with pytest.raises(Refused, match="delete a post for 15 minutes, and they are over"):
        delete_post(item, by=actor(company.frank))
    assert refused.value.rule == "C4"


@pytest.mark.parametrize("who", ["bea", "sue", "ada"])
def test_nobody_changes_others_posts(company: Cast, who: str) -> None:
    item = post(cast.case(company), body="Mine", by=actor(company.frank))
    with pytest.raises(NotPermitted, match="only your own posts"):
        edit_post(item, body="Yours", by=actor(getattr(company, who)))
    with pytest.raises(NotPermitted, match="only your own posts"):
        delete_post(item, by=actor(getattr(company, who)))


def test_a_deleted_post_leaves_its_mark_and_its_replies(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    item = post(case, body="@bea 4111 1111 1111 1111", by=actor(company.frank))
    post(case, body="Take that out!", parent=item, by=actor(company.bea))
    deleted = delete_post(item, by=actor(company.frank))
    assert (deleted.body, deleted.body_html, deleted.deleted_at) == ("", "", still.at)
    assert told(item) == {}
    assert not Mention.objects.exists()
    assert item.replies.count() == 1
    with pytest.raises(Refused, match="Post a new one instead"):
        edit_post(item, body="Again", by=actor(company.frank))


def test_a_post_changes_nothing_of_the_case(company: Cast, still: Clock) -> None:
    case = cast.case(company, status=Status.AWAITING_CUSTOMER)
    before = Case.objects.values().get(pk=case.pk)
    still.move(hours=1)
    item = post(case, body="Any news?", by=actor(company.frank))
    edit_post(item, body="Any news yet?", by=actor(company.frank))
    delete_post(item, by=actor(company.frank))
    assert Case.objects.values().get(pk=case.pk) == before
