"""A form sent twice makes one thing, also at the same moment (K3)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection

from heliodesk.core.models import FormSent
from heliodesk.core.once import once, token_of
from heliodesk.core.refusal import Refused
from heliodesk.feed.models import FeedItem
from heliodesk.feed.rules.posts import post
from tests import cast
from tests.cast import Cast, actor


def posting(company: Cast, body: str = "Once") -> Callable[[], str]:
    """What a form does: one post, and its address."""
    case = cast.case(company)
    return lambda: f"/made/{post(case, body=body, by=actor(company.frank)).pk}"


@pytest.mark.django_db
def test_the_second_gets_the_address_of_the_first(company: Cast) -> None:
    make, token = posting(company), str(uuid4())
    first = once(token, user_id=company.frank.pk, make=make)
    assert once(token, user_id=company.frank.pk, make=make) == first
    assert FeedItem.objects.count() == 1


@pytest.mark.django_db
def test_without_a_token_each_is_its_own(company: Cast) -> None:
    make = posting(company)
    for token in ("", "no token"):
        once(token, user_id=company.frank.pk, make=make)
    assert FeedItem.objects.count() == 2


@pytest.mark.django_db
def test_a_token_is_of_one_person(company: Cast) -> None:
    make, token = posting(company), str(uuid4())
    first = once(token, user_id=company.frank.pk, make=make)
    assert once(token, user_id=company.bea.pk, make=make) != first


@pytest.mark.django_db
def test_a_refused_form_may_be_sent_again(company: Cast) -> None:
    token = str(uuid4())
    with pytest.raises(Refused):
        once(token, user_id=company.frank.pk, make=posting(company, body=""))
    assert once(token, user_id=company.frank.pk, make=posting(company)).startswith("/made/")


@pytest.mark.django_db
def test_a_form_that_made_nothing_may_be_sent_again_and_then_counts(company: Cast) -> None:
    token, make = str(uuid4()), posting(company)
    assert once(token, user_id=company.frank.pk, make=lambda: "") == ""
    made = once(token, user_id=company.frank.pk, make=make)
    assert once(token, user_id=company.frank.pk, make=make) == made


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one(company: Cast) -> None:
    make, token = posting(company), str(uuid4())
    started, found = threading.Barrier(2, timeout=10), []

    def slow() -> str:
        address = make()
        threading.Event().wait(0.3)  # the other one has come by now
        return address

    def send() -> None:
        try:
            started.wait()
            found.append(once(token, user_id=company.frank.pk, make=slow))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(found) == 2
    assert found[0] == found[1]
    assert FeedItem.objects.count() == FormSent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_second_runs_where_the_first_is_refused_at_the_same_moment(company: Cast) -> None:
    make, token = posting(company), str(uuid4())
    turn = iter([True, False])
    started, found, refusals = threading.Barrier(2, timeout=10), [], []

    def first_is_refused() -> str:
        if next(turn):
            threading.Event().wait(0.3)
            raise Refused("no", "Not now. Send it again.", rule="K3")
        return make()

    def send() -> None:
        try:
            started.wait()
            found.append(once(token, user_id=company.frank.pk, make=first_is_refused))
        except Refused as refused:
            refusals.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (len(found), len(refusals)) == (1, 1)
    assert FeedItem.objects.count() == 1


def test_a_form_filled_in_anew_is_another_one() -> None:
    token = str(uuid4())
    same = [token_of(token, [("body", ["a"])]) for _ in range(2)]
    assert same[0] == same[1] != token_of(token, [("body", ["b"])])
    assert token_of("no token", ["a"]) == "no token"
