"""What is being typed is kept for the person and the form (C5)."""

from __future__ import annotations

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.core.forms import DeskForm
from heliodesk.core.models import FormSent
from heliodesk.drafts.keep import keep, kept
from heliodesk.drafts.models import Draft
from heliodesk.drafts.restore import restored
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


class SomeForm(DeskForm):
    """A form of two fields, and one that is the desk's own."""

    words = forms.CharField()
    choice = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])
    seen_words = forms.CharField(widget=forms.HiddenInput)


def send(client: Client, key: str, data: Any) -> Any:
    """What the screen sends while one types."""
    data = data if isinstance(data, str) else json.dumps(data)
    return client.post("/drafts/", {"key": key, "data": data})


def test_the_newest_wins_and_empty_forgets(company: Cast, frank_client: Client) -> None:
    frank = actor(company.frank)
    assert send(frank_client, "case/1/post", {"body": "H"}).status_code == HTTPStatus.NO_CONTENT
    send(frank_client, "case/1/post", {"body": "Hello"})
    assert kept("case/1/post", by=frank) == {"body": "Hello"}
    assert send(frank_client, "case/1/post", "").status_code == HTTPStatus.NO_CONTENT
    assert kept("case/1/post", by=frank) == {}


def test_a_draft_is_of_one_person_and_one_form(company: Cast, frank_client: Client) -> None:
    send(frank_client, "case/1/post", {"body": "Mine"})
    assert kept("case/1/post", by=actor(company.bea)) == {}
    assert kept("case/2/post", by=actor(company.frank)) == {}


@pytest.mark.parametrize(
    ("key", "data", "code"),
    [
        ("", "{}", "draft_key"),
        ("k" * 121, "{}", "draft_key"),
        ("a\x00b", "{}", "draft_key"),
        ("k", "{", "draft_unreadable"),
        ("k", "[1]", "draft_unreadable"),
        ("k", "null", "draft_unreadable"),
        ("k", "[" * 100_000, "draft_unreadable"),
        ("k", json.dumps({"body": "x" * 200 * 1024}), "draft_too_large"),
    ],
)
def test_what_is_no_draft_is_refused(frank_client: Client, key: str, data: str, code: str) -> None:
    answer = send(frank_client, key, data)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.json()["code"] == code
    assert answer.json()["message"].endswith(".")
    assert not Draft.objects.exists()


def test_a_draft_just_within_its_bounds_is_kept(company: Cast, frank_client: Client) -> None:
    text = "x" * (200 * 1024 - len('{"body": ""}'))
    assert send(frank_client, "k" * 120, {"body": text}).status_code == HTTPStatus.NO_CONTENT


def test_what_postgresql_cannot_hold_is_left_out(company: Cast, frank_client: Client) -> None:
    sent = '{"body": "a\\u0000b\\ud83d", "more": "\\ud83d\\ude00"}'
    assert send(frank_client, "k", sent).status_code == HTTPStatus.NO_CONTENT
    assert kept("k", by=actor(company.frank)) == {"body": "ab?", "more": "😀"}


def test_a_form_begins_with_what_was_being_typed(company: Cast) -> None:
    frank = actor(company.frank)
    typed = {"words": "Half", "choice": ["a", "b"], "seen_words": "old", "once": "x", "other": 1}
    keep("k", typed, by=frank)
    form = restored(SomeForm, "k", by=frank, initial={"words": "Start", "seen_words": "now"})
    assert (form["words"].value(), form["choice"].value()) == ("Half", ["a", "b"])
    assert form["seen_words"].value() == "now"
    assert form["once"].value() != "x"
    assert (
        restored(SomeForm, "k", by=actor(company.bea), initial={"words": "S"})["words"].value()
        == "S"
    )


def test_keeping_asks_little(
    frank_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    send(frank_client, "k", {"body": "H"})
    with django_assert_max_num_queries(8):
        send(frank_client, "k", {"body": "Hello"})


def test_old_drafts_and_tokens_are_forgotten(company: Cast, still: Clock) -> None:
    keep("old", {"a": "b"}, by=actor(company.frank))
    still.move(days=30)
    keep("newer", {"a": "b"}, by=actor(company.frank))
    for days in (8, 6):
        at = still.at - timedelta(days=days)
        FormSent.objects.create(token=uuid4(), user=company.frank, result="/", at=at)
    still.move(seconds=1)
    call_command("tidy", verbosity=0)
    assert list(Draft.objects.values_list("key", flat=True)) == ["newer"]
    assert FormSent.objects.count() == 1
