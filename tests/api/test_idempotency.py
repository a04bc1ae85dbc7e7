"""A POST sent twice with one key makes one thing (K3)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from heliodesk.api.models import ApiAnswer
from heliodesk.api.rules.tidying import forget_answers
from heliodesk.core import clock
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.api.conftest import Program
from tests.cast import Cast
from tests.clocks import Clock

Programs = Callable[..., Program]


def posts() -> int:
    """How many posts there are."""
    return FeedItem.objects.filter(kind="post").count()


def test_the_second_is_answered_as_the_first(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    came, path = program(company.bea), f"/cases/{case.number}/posts"
    first = came.post(path, {"body": "Hello"}, Idempotency_Key="k-1")
    again = came.post(path, {"body": "Hello"}, Idempotency_Key="k-1")
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    assert posts() == 1


def test_the_answer_comes_again_with_its_own_headers_and_the_limits_of_now(
    company: Cast, program: Programs
) -> None:
    came = program(company.frank)
    body = {
        "contract_id": "C-1001", "contact": company.signer.pk, "priority": "normal",
        "request_type": company.billing.pk, "request_subtype": company.autopay.pk,
        "source": company.phone.pk, "description": "Charged twice in October.",
    }  # fmt: skip
    first = came.post("/cases/homeowner", body, Idempotency_Key="k")
    case = f"/cases/{first.json()['number']}"
    came.patch(case, {"priority": "high"})
    again = came.post("/cases/homeowner", body, Idempotency_Key="k")
    assert first["Location"] == f"/api/v1{case}"
    for name in ("Location", "ETag", "Content-Type"):
        assert again[name] == first[name] != ""
    assert int(again["X-RateLimit-Remaining"]) == int(first["X-RateLimit-Remaining"]) - 2
    stale = came.patch(case, {"priority": "normal"}, If_Match=again["ETag"])
    assert stale.status_code == 412  # it is that of the case as it was answered


def test_the_key_is_of_one_request(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    came, path = program(company.bea), f"/cases/{case.number}/posts"
    came.post(path, {"body": "Hello"}, Idempotency_Key="k-1")
    other = came.post(path, {"body": "Other"}, Idempotency_Key="k-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert posts() == 1


def test_somebody_else_has_keys_of_their_own(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    for who in (company.bea, company.frank):
        path = f"/cases/{case.number}/posts"
        assert program(who).post(path, {"body": "Hi"}, Idempotency_Key="k").status_code == 201
    assert posts() == 2


def test_what_was_refused_may_be_tried_again(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    path, body = f"/cases/{case.number}/closure", {"closed_reason": company.resolved.pk}
    asked = cast.assignment(company, case)
    frank = program(company.frank)
    assert frank.post(path, body, Idempotency_Key="k").status_code == 409
    frank.post(f"/assignments/{asked}/withdrawal")
    assert frank.post(path, body, Idempotency_Key="k").status_code == 201


@pytest.mark.parametrize("key", ["x" * 201, "a\tb", "a b", ""])
def test_a_key_is_a_short_text(company: Cast, program: Programs, key: str) -> None:
    case = cast.case(company)
    path = f"/cases/{case.number}/posts"
    answer = program(company.bea).post(path, {"body": "Hi"}, Idempotency_Key=key)
    assert (answer.status_code, answer.json()["rule"]) == (422, "K3")


def test_keys_are_forgotten_after_a_day(company: Cast, program: Programs, still: Clock) -> None:
    case = cast.case(company)
    path = f"/cases/{case.number}/posts"
    program(company.bea).post(path, {"body": "Hi"}, Idempotency_Key="k")
    still.move(hours=23)
    forget_answers()
    assert ApiAnswer.objects.exists()
    still.move(hours=2)
    forget_answers()
    assert not ApiAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    came = [program(company.bea) for _ in range(2)]

    def send(one: Program) -> bytes:
        try:
            path = f"/cases/{case.number}/posts"
            return bytes(one.post(path, {"body": "Hi"}, Idempotency_Key="k").content)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(send, came)
    assert first == second
    assert posts() == 1
    assert clock.now() - ApiAnswer.objects.get().at < timedelta(minutes=5)
