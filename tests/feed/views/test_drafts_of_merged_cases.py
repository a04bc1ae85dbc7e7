"""What was typed on a case that is merged away is found where all goes on, and again after the
merge has been undone (C5, X7)."""

from __future__ import annotations

from importlib import import_module
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from heliodesk.cases.models import Case
from heliodesk.cases.rules.merging import merge_cases, undo_merge
from heliodesk.core import clock
from heliodesk.drafts.keep import keep, kept
from heliodesk.drafts.models import Draft
from heliodesk.feed.models import FeedItem
from heliodesk.feed.rules.posts import post
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db
TYPED = "The bank called back"
LEFT = "You typed this on {}, which was merged into this case"


@pytest.fixture
def two(company: Cast) -> tuple[Case, Case]:
    """Frank's case, which goes, with what he typed on it; and Bea's, which stays."""
    gone, stays = cast.case(company), cast.case(company, owner_agent=company.bea)
    keep(f"case/{gone.number}/post", {"body": TYPED}, by=actor(company.frank))
    keep(f"case/{stays.number}/post", {"body": "Mine here"}, by=actor(company.frank))
    return gone, stays


def shown(client: Client, case: Case) -> str:
    return client.get(case.get_absolute_url()).content.decode()


def test_it_stands_beside_ones_own_text_on_the_surviving_case(
    company: Cast, two: tuple[Case, Case], frank_client: Client
) -> None:
    gone, stays = two
    assert TYPED not in shown(frank_client, stays)
    merge_cases(gone, into=stays, by=actor(company.frank))
    html = shown(frank_client, stays)
    assert LEFT.format(gone.display_number) in html
    assert f">{TYPED}</textarea>" in html
    assert ">Mine here</textarea>" in html
    assert "also with what you typed here" in shown(frank_client, gone)
    frank_client.force_login(company.bea)
    assert TYPED not in shown(frank_client, stays)


def test_sent_from_there_it_is_a_post_of_the_surviving_case_and_no_draft_any_more(
    company: Cast, two: tuple[Case, Case], frank_client: Client
) -> None:
    gone, stays = two
    merge_cases(gone, into=stays, by=actor(company.frank))
    sent = {"body": f"{TYPED}.", "left_on": gone.number, "once": str(uuid4())}
    frank_client.post(f"{stays.get_absolute_url()}posts/", sent)
    made = FeedItem.objects.get(kind="post")
    assert (made.case, made.body) == (stays, f"{TYPED}.")
    html = shown(frank_client, stays)
    assert LEFT.format(gone.display_number) not in html
    assert ">Mine here</textarea>" in html


def test_a_text_that_is_refused_keeps_where_it_was_typed(
    company: Cast, two: tuple[Case, Case], frank_client: Client
) -> None:
    gone, stays = two
    merge_cases(gone, into=stays, by=actor(company.frank))
    sent = {"body": "x" * 20_001, "left_on": gone.number, "once": str(uuid4())}
    answer = frank_client.post(f"{stays.get_absolute_url()}posts/", sent)
    assert answer.status_code == 422
    assert f'name="left_on" value="{gone.number}"' in answer.content.decode()
    assert kept(f"case/{gone.number}/post", by=actor(company.frank)) == {"body": TYPED}


def test_discarded_it_is_gone_and_ones_own_text_stays(
    company: Cast, two: tuple[Case, Case], frank_client: Client
) -> None:
    gone, stays = two
    merge_cases(gone, into=stays, by=actor(company.frank))
    sent = {"body": TYPED, "left_on": gone.number, "discard": "1"}
    answer = frank_client.post(f"{stays.get_absolute_url()}posts/", sent)
    assert (answer.status_code, answer["Location"]) == (303, stays.get_absolute_url())
    assert not FeedItem.objects.filter(kind="post").exists()
    html = shown(frank_client, stays)
    assert TYPED not in html
    assert ">Mine here</textarea>" in html


def test_undoing_the_merge_brings_it_back_as_it_is_by_then(
    company: Cast, two: tuple[Case, Case], frank_client: Client
) -> None:
    gone, stays = two
    frank = actor(company.frank)
    merge_cases(gone, into=stays, by=frank)
    keep(f"case/{gone.number}/post", {"body": f"{TYPED} twice"}, by=frank)  # typed on in its box
    undo_merge(gone, by=frank)
    assert f">{TYPED} twice</textarea>" in shown(frank_client, gone)
    assert TYPED not in shown(frank_client, stays)


def test_it_is_found_where_the_surviving_case_was_merged_too(
    company: Cast, two: tuple[Case, Case], frank_client: Client
) -> None:
    gone, stays = two
    last = cast.case(company)
    frank = actor(company.frank)
    merge_cases(gone, into=stays, by=frank)
    merge_cases(stays, into=last, by=frank)
    html = shown(frank_client, last)
    for case in (gone, stays):
        assert LEFT.format(case.display_number) in html


def test_a_reply_goes_along_with_its_thread_and_comes_back(
    company: Cast, two: tuple[Case, Case], frank_client: Client
) -> None:
    gone, stays = two
    frank = actor(company.frank)
    root = post(gone, body="Question", by=actor(company.bea))
    keep(f"post/{root.pk}/reply", {"body": "Half an answer"}, by=frank)
    for act, case in ((None, gone), (merge_cases, stays), (undo_merge, gone)):
        if act is merge_cases:
            merge_cases(gone, into=stays, by=frank)
        elif act is undo_merge:
            undo_merge(gone, by=frank)
        html = frank_client.get(f"{case.get_absolute_url()}posts/?reply_to={root.pk}")
        assert "Half an answer</textarea>" in html.content.decode()


def test_replies_that_were_being_typed_are_kept_under_their_new_name(company: Cast) -> None:
    (step,) = import_module(
        "heliodesk.drafts.migrations.0002_replies_by_their_thread"
    ).Migration.operations
    for body, key in enumerate(
        ("case/7/reply/3", "case/8/reply/3", "case/7/edit/3", "case/7/post")
    ):
        at = clock.now()
        Draft.objects.create(user=company.frank, key=key, data={"body": str(body)}, at=at)
    with connection.cursor() as cursor:
        for statement in step.sql:
            cursor.execute(statement)
    found = {one.key: one.data["body"] for one in Draft.objects.all()}
    assert found == {"post/3/reply": "1", "post/3/edit": "2", "case/7/post": "3"}
