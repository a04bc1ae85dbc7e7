"""Posting on the screen: works, is refused in place, is not an outsider's (C1, C4, C5, K6)."""

from __future__ import annotations

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case
from heliodesk.drafts.keep import keep, kept
from heliodesk.feed.models import FeedItem
from heliodesk.feed.rules.posts import post
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock


@pytest.fixture
def case(company: Cast) -> Case:
    """Frank's case, as it is in the table."""
    made = cast.case(company)
    made.refresh_from_db()
    return made


def posts_of(case: Case) -> str:
    """The address of the case's posts."""
    return f"{case.get_absolute_url()}posts/"


def test_a_post_leads_back_to_itself_in_the_feed(
    company: Cast, case: Case, frank_client: Client
) -> None:
    keep(f"case/{case.number}/post", {"body": "Draf"}, by=actor(company.frank))
    answer = frank_client.post(posts_of(case), {"body": "Hello", "once": str(uuid4())})
    item = FeedItem.objects.get()
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer["Location"] == f"{case.get_absolute_url()}#item-{item.pk}"
    assert (item.author, item.body) == (company.frank, "Hello")
    assert kept(f"case/{case.number}/post", by=actor(company.frank)) == {}


def test_a_post_takes_few_statements(
    case: Case, frank_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sent = {"body": "Hello", "once": str(uuid4())}
    # Session, person, case; once, item, record, once's answer, draft; and a savepoint of two
    # statements, which is BEGIN and COMMIT outside of a test. The rule has none of its own.
    with django_assert_num_queries(7 + 2):
        frank_client.post(posts_of(case), sent)


def test_a_reply_leads_to_itself_however_old_the_thread(
    company: Cast, case: Case, frank_client: Client
) -> None:
    root = post(case, body="Question", by=actor(company.bea))
    page = frank_client.get(posts_of(case), {"reply_to": root.pk})
    assert "Reply to Bea Tester" in page.content.decode()
    answer = frank_client.post(posts_of(case), {"body": "Answer", "reply_to": root.pk})
    reply = root.replies.get()
    assert answer["Location"] == f"{case.get_absolute_url()}?item={reply.pk}#item-{reply.pk}"


def test_a_refused_post_is_shown_again_with_what_was_typed(
    company: Cast, case: Case, frank_client: Client
) -> None:
    answer = frank_client.post(posts_of(case), {"body": "@dora can you <look>?"})
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "@dora can you &lt;look&gt;?</textarea>" in page
    assert "Dora Tester may not see this case" in page
    assert 'href="/guide/#K6"' in page
    assert "data-refused-page" in page


def test_an_edit_begins_with_the_text(company: Cast, case: Case, frank_client: Client) -> None:
    item = post(case, body="Hi **all**", by=actor(company.frank))
    page = f"{posts_of(case)}{item.pk}/edit/"
    assert "Hi **all**</textarea>" in frank_client.get(page).content.decode()
    answer = frank_client.post(page, {"body": "Hello"})
    item.refresh_from_db()
    assert (answer.status_code, item.body) == (HTTPStatus.SEE_OTHER, "Hello")


def test_an_edit_that_comes_too_late_says_so_and_keeps_the_text(
    company: Cast, case: Case, frank_client: Client, still: Clock
) -> None:
    item = post(case, body="Hi", by=actor(company.frank))
    still.move(minutes=16)
    answer = frank_client.post(f"{posts_of(case)}{item.pk}/edit/", {"body": "Changed"})
    assert "Changed</textarea>" in answer.content.decode()
    assert "15 minutes, and they are over" in answer.content.decode()


def test_a_post_is_deleted_by_a_form(company: Cast, case: Case, frank_client: Client) -> None:
    item = post(case, body="Oops", by=actor(company.frank))
    page = f"{posts_of(case)}{item.pk}/deletion/new/"
    assert "Oops" in frank_client.get(page).content.decode()
    assert frank_client.post(page).status_code == HTTPStatus.SEE_OTHER
    item.refresh_from_db()
    assert item.deleted_at is not None


def test_an_outsider_finds_nothing(company: Cast, case: Case, client: Client) -> None:
    item = post(case, body="Hi", by=actor(company.frank))
    client.force_login(company.oscar)
    for address in ("", f"{item.pk}/edit/", f"{item.pk}/deletion/new/"):
        assert client.get(posts_of(case) + address).status_code == HTTPStatus.NOT_FOUND
        sent = client.post(posts_of(case) + address, {"body": "x"})
        assert sent.status_code == HTTPStatus.NOT_FOUND
    assert FeedItem.objects.get().body == "Hi"


def test_an_item_of_another_case_is_not_found(
    company: Cast, case: Case, frank_client: Client
) -> None:
    item = post(cast.case(company), body="Hi", by=actor(company.frank))
    answer = frank_client.post(f"{posts_of(case)}{item.pk}/edit/", {"body": "x"})
    assert answer.status_code == HTTPStatus.NOT_FOUND
