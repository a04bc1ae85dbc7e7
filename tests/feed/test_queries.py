"""The feed of a case in pages (C1, C3)."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case
from heliodesk.cases.rules.closing import close
from heliodesk.drafts.keep import keep
from heliodesk.feed import kinds
from heliodesk.feed.queries import feed_of
from heliodesk.feed.record import record
from heliodesk.feed.rules.posts import delete_post, post
from heliodesk.people.access import SYSTEM
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def posted(case: Case, company: Cast, still: Clock, count: int) -> list[int]:
    """IDs of so many posts, a minute apart, oldest first."""
    made = []
    for at in range(count):
        still.move(minutes=1)
        made.append(post(case, body=f"Post {at}", by=actor(company.frank)).pk)
    return made


def test_the_newest_comes_first_and_replies_stand_below(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    first, second = posted(case, company, still, 2)
    root = case.feed.get(pk=first)
    replies = [post(case, body=text, parent=root, by=actor(company.bea)).pk for text in "ab"]
    page = feed_of(case, by=actor(company.bob))
    assert [row.id for row in page.rows] == [second, first]
    assert [reply.id for reply in page.rows[1].replies] == replies
    assert page.older == ""


def test_it_takes_two_statements(
    company: Cast, still: Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = cast.case(company)
    posted(case, company, still, 5)
    close(case, reason=company.resolved, note="Done.", by=actor(company.frank))
    by = actor(company.frank)
    with django_assert_num_queries(2):
        page = feed_of(case, by=by)
    assert len(page.rows) == 6


def test_pages_go_back_without_a_gap_or_twice(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    made = posted(case, company, still, 4)
    made += [post(case, body="same moment", by=actor(company.bea)).pk for _ in range(3)]
    seen: list[int] = []
    before: str | None = None
    while before != "":
        page = feed_of(case, by=actor(company.frank), before=before, limit=2)
        seen += [row.id for row in page.rows]
        before = page.older
    assert seen == made[::-1]


def test_posts_alone_are_shown_on_demand(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    posted(case, company, still, 1)
    close(case, reason=company.resolved, by=actor(company.frank))
    assert [row.kind for row in feed_of(case, by=actor(company.frank)).rows] == ["closed", "post"]
    alone = feed_of(case, by=actor(company.frank), show="posts")
    assert [row.kind for row in alone.rows] == ["post"]


def test_an_old_item_is_on_the_page_that_leads_to_it(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    made = posted(case, company, still, 9)
    reply = post(case, body="Late", parent=case.feed.get(pk=made[2]), by=actor(company.bea))
    by = actor(company.frank)
    page = feed_of(case, by=by, item=reply.pk, limit=3)
    assert page.rows[0].id == made[2]
    assert [row.id for row in page.rows[0].replies] == [reply.pk]
    assert page.is_later_page
    near = feed_of(case, by=by, item=made[-2], limit=3)
    assert not near.is_later_page
    assert near.rows[0].id == made[-1]


@pytest.mark.parametrize("before", ["", "nonsense", "20261122T000000.000000-x", "-1", "9" * 40])
def test_an_address_that_was_cut_short_shows_the_first_page(
    company: Cast, still: Clock, before: str
) -> None:
    case = cast.case(company)
    posted(case, company, still, 1)
    assert len(feed_of(case, by=actor(company.frank), before=before, item=10**30).rows) == 1


def test_what_happened_is_told_in_words(company: Cast) -> None:
    case = cast.case(company)
    by = actor(company.frank)
    changes = {"Job ID": ["", "7"], "Priority": ["Normal", "<High>"]}
    record(case, kinds.FIELDS, fields=changes, by=by)
    record(case, kinds.FILE_ADDED, files=["a.pdf", "b.jpg", "c.png"], by=by)
    record(case, kinds.STATUS, by=SYSTEM)
    status, files, fields = [str(row.says) for row in feed_of(case, by=by).rows]
    job = '<span class="change">Job ID from <del>–</del> to <ins>7</ins></span>'
    priority = (
        '<span class="change">Priority from <del>Normal</del> to <ins>&lt;High&gt;</ins></span>'
    )
    assert fields == f"<strong>Frank Tester</strong> changed {job} and {priority}"
    assert files == "<strong>Frank Tester</strong> added a.pdf, b.jpg and c.png"
    assert status == "<strong>Heliodesk</strong> changed the status from – to –"


def test_every_kind_can_be_told(company: Cast) -> None:
    case = cast.case(company)
    for kind in kinds.KINDS.values():
        record(case, kind, body="x", by=actor(company.frank))
    rows = feed_of(case, by=actor(company.frank), limit=100).rows
    assert {row.kind for row in rows} == set(kinds.KINDS)
    done_by_people = [row for row in rows if "{author}" in kinds.KINDS[row.kind].says]
    assert all("Frank Tester" in row.says for row in done_by_people)


def test_ones_own_posts_can_be_changed_for_fifteen_minutes(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    item = post(case, body="Mine", by=actor(company.frank))
    still.move(minutes=15)
    own = feed_of(case, by=actor(company.frank)).rows[0]
    assert (own.may_edit, own.edit_url) == (
        True,
        f"/cases/{case.display_number}/posts/{item.pk}/edit/",
    )
    assert not feed_of(case, by=actor(company.sue)).rows[0].may_edit
    still.move(seconds=1)
    assert not feed_of(case, by=actor(company.frank)).rows[0].may_edit


def test_a_deleted_post_says_so(company: Cast) -> None:
    case = cast.case(company)
    delete_post(post(case, body="Mine", by=actor(company.frank)), by=actor(company.frank))
    row = feed_of(case, by=actor(company.frank)).rows[0]
    assert (row.deleted, row.html, row.edit_url, row.reply_url) == (True, "", "", "")


def test_what_was_being_typed_comes_back(company: Cast) -> None:
    case = cast.case(company)
    by = actor(company.frank)
    keep(feed_of(case, by=by).draft_key, {"body": "Half a sent"}, by=by)
    assert feed_of(case, by=by).draft == "Half a sent"
    assert feed_of(case, by=actor(company.bea)).draft == ""
