"""The API's door: who comes in, how often, and what is said to what makes no sense (K1, K5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.api import auth
from heliodesk.api.models import ApiToken, Scope
from heliodesk.api.rules.tokens import make_token, withdraw_token
from heliodesk.core import clock
from heliodesk.core.refusal import NotPermitted
from heliodesk.people.rules.invitation import invite
from tests import cast
from tests.api.conftest import API, Program
from tests.cast import Cast, actor
from tests.clocks import Clock

Programs = Callable[..., Program]


def test_who_has_a_token_acts_as_its_person(company: Cast, program: Programs) -> None:
    told = program(company.bea).get("/me").json()
    assert (told["username"], told["queues"], told["scope"]) == ("bea", ["homeowner"], "admin")


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer hd_wrong", "Basic aGQ6aGQ=", "hd_x"])
def test_nobody_comes_in_without_one_that_holds(company: Cast, given: str) -> None:
    answer = Client().get(f"{API}/me", headers={"authorization": given} if given else {})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["rule"] == "K1"


def test_a_session_is_no_token(frank_client: Client) -> None:
    assert frank_client.get(f"{API}/me").status_code == 401


def test_a_withdrawn_token_is_over_at_once(company: Cast) -> None:
    made = make_token(company.bea, name="x", scope="read", by=actor(company.bea))
    came = Program(made.text)
    assert came.get("/me").status_code == 200
    withdraw_token(made.token.pk, by=actor(company.bea))
    assert came.get("/me").json()["code"] == "token_unknown"


def test_a_token_ends_when_it_expires(company: Cast, still: Clock) -> None:
    until = clock.now() + timedelta(hours=1)
    made = make_token(company.bea, name="x", scope="read", expires_at=until, by=actor(company.bea))
    came = Program(made.text)
    assert came.get("/me").status_code == 200
    still.move(hours=1)
    assert came.get("/me").status_code == 401


def test_the_token_of_somebody_who_left_holds_no_longer(company: Cast, program: Programs) -> None:
    came = program(company.bea)
    company.bea.is_active = False
    company.bea.save()
    assert came.get("/me").status_code == 401


def test_only_a_hash_of_the_token_is_kept(company: Cast) -> None:
    made = make_token(company.bea, name="x", scope="read", by=actor(company.bea))
    kept = ApiToken.objects.filter(pk=made.token.pk).values().get()
    assert made.text not in str(kept)
    assert made.text.startswith(kept["prefix"])


def test_its_last_use_is_kept(company: Cast, program: Programs) -> None:
    program(company.bea).get("/me")
    assert ApiToken.objects.get().last_used_at is not None


@pytest.mark.parametrize(
    ("scope", "method", "path", "status"),
    [
        (Scope.READ, "get", "/cases", 200),
        (Scope.READ, "post", "/queues/homeowner/next", 403),
        (Scope.WRITE, "post", "/queues/homeowner/next", 409),
        (Scope.WRITE, "put", "/jobs/J-1", 403),
        (Scope.ADMIN, "put", "/jobs/J-1", 422),
    ],
)
def test_a_token_may_no_more_than_its_scope(
    company: Cast, program: Programs, scope: str, method: str, path: str, status: int
) -> None:
    body: dict[str, str] | None = None if method == "get" else {}
    answer = program(company.bea, scope=scope).send(method, path, body)
    assert answer.status_code == status
    assert status != 403 or answer.json()["code"] == "scope_exceeded"


def test_a_token_has_so_many_requests_a_minute(
    company: Cast, program: Programs, still: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "A_MINUTE", 2)
    came = program(company.bea)
    left = [came.get("/me")["X-RateLimit-Remaining"] for _ in range(2)]
    assert left == ["1", "0"]
    answer = came.get("/me")
    assert answer.status_code == 429
    assert answer.json()["code"] == "too_many_requests"
    assert 0 < int(answer["Retry-After"]) <= 60
    still.move(minutes=1)
    assert came.get("/me").status_code == 200


def test_what_an_operation_does_not_know_is_refused(company: Cast, program: Programs) -> None:
    told = program(company.bea).get("/cases?statsu=new").json()
    assert (told["code"], told["field"]) == ("parameter_unknown", "statsu")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"comments": 3}, "comments"),
        ({}, "comments"),
        ({"comments": "x", "more": 1}, "more"),
        ({"comments": "a\x00b"}, "comments"),
        ({"comments": "\ud800"}, "comments"),
    ],
)
def test_a_body_of_other_fields_names_them(
    company: Cast, program: Programs, body: object, field: str
) -> None:
    case = cast.case(company, owner_agent=company.bea)
    answer = program(company.bea).post(f"/cases/{case.number}/reviews", body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


@pytest.mark.parametrize("text", ["{", "\xff", '{"comments": NaN', "[" * 100_000])
def test_a_body_that_is_no_json_is_said_to_be_none(
    company: Cast, program: Programs, text: str
) -> None:
    case = cast.case(company, owner_agent=company.bea)
    answer = program(company.bea).send("post", f"/cases/{case.number}/reviews", text)
    assert answer.status_code == 400
    assert answer.json()["code"] == "request_unreadable"


def test_a_body_over_the_limit_is_refused(company: Cast, program: Programs) -> None:
    case = cast.case(company, owner_agent=company.bea)
    answer = program(company.bea).post(f"/cases/{case.number}/posts", {"body": "x" * 6_000_000})
    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"


@pytest.mark.parametrize("path", ["", "/", "/nothing", "/nothing/", "/cases/12/nothing"])
def test_where_nothing_is_a_program_is_told_in_its_words(company: Cast, path: str) -> None:
    answer = Client().get(f"{API}{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "takes"),
    [
        ("delete", "/cases", "GET"),
        ("put", "/cases/1", "GET, PATCH"),
        ("put", "/openapi.json", "GET, HEAD"),
    ],
)
def test_a_method_that_is_not_taken_says_which_are(
    db: None, method: str, path: str, takes: str
) -> None:
    answer = Client().generic(method.upper(), f"{API}{path}")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer["Allow"] == takes


@pytest.mark.parametrize(
    ("asked", "code"),
    [({"HTTP_HOST": "other.example.com"}, "host_unknown"),
     ({"QUERY_STRING": "sort=%00"}, "request_unreadable")],
)  # fmt: skip
def test_a_request_that_cannot_be_read_says_why(
    company: Cast, program: Programs, asked: dict[str, Any], code: str
) -> None:
    answer = program(company.bea).client.get(f"{API}/cases", **asked)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_when_the_desk_fails_a_program_is_told_in_its_words(
    company: Cast, program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("heliodesk.api.routes.cases.cases_page", fail)
    came = program(company.bea)
    came.client.raise_request_exception = False
    answer = came.get("/cases")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/json")
    assert {"code", "message", "field"} <= answer.json().keys()
    assert "secret" not in answer.content.decode()


def test_a_token_costs_one_statement(
    company: Cast, program: Programs, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = cast.case(company)
    came = program(company.bea)
    came.get("/me")
    with django_assert_num_queries(3):  # token, case, its JSON
        assert came.get(f"/cases/{case.number}").status_code == 200
    came.get("/cases")
    with django_assert_num_queries(2):  # token, which cases in which version
        assert came.get("/cases").status_code == 200


def test_guessing_tokens_is_stopped_by_the_address(company: Cast, program: Programs) -> None:
    came = program(company.bea)
    for _ in range(30):
        assert Client().get(f"{API}/me", headers={"authorization": "Bearer x"}).status_code == 401
    answer = Client().get(f"{API}/me", headers={"authorization": "Bearer x"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_guesses")
    assert answer["Retry-After"] == "60"
    assert came.get("/me").status_code == 200  # what holds is not guessed
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert other.get(f"{API}/me", headers={"authorization": "Bearer x"}).status_code == 401


def test_a_token_that_holds_is_no_guess_however_wrong_the_rest_is(
    company: Cast, program: Programs
) -> None:
    came = program(company.bea, scope="read")
    for _ in range(11):
        assert came.get("/cases/99999999").status_code == 404
        assert came.get("/cases?weather=fine").status_code == 422
        assert came.post("/cases/99999999/posts", {"body": 1}).status_code == 403
    answer = Client().get(f"{API}/me", headers={"authorization": "Bearer x"})
    assert answer.status_code == 401  # none has been counted before it


def test_who_is_invited_is_no_service(company: Cast) -> None:
    by = actor(company.ada)
    invited = invite(name="Nadia", username="nadia", email="nadia@example.com", by=by)
    with pytest.raises(NotPermitted, match="not a service"):
        make_token(invited.user, name="x", scope="read", by=by)
