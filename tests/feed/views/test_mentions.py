"""Whom the composer proposes (C1, K6)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case
from heliodesk.people.models import User
from tests import cast
from tests.cast import Cast


@pytest.fixture
def case(company: Cast) -> Case:
    """Frank's case, as it is in the table."""
    made = cast.case(company)
    made.refresh_from_db()
    return made


def ask(client: Client, case: Case, words: str) -> list[dict[str, Any]]:
    """What is proposed for the words."""
    answer = client.get("/mentions/", {"case": case.display_number, "q": words})
    return list(answer.json()["items"])


def test_people_and_queues_are_proposed_by_name_and_handle(
    case: Case, frank_client: Client
) -> None:
    assert ask(frank_client, case, "be") == [
        {"value": "bea", "label": "Bea Tester", "hint": "Back-office agent", "insert": "@bea"}
    ]
    assert [one["value"] for one in ask(frank_client, case, "task")] == ["homeowner", "installer"]


def test_who_may_not_see_the_case_is_not_proposed(
    company: Cast, case: Case, frank_client: Client
) -> None:
    assert ask(frank_client, case, "dora") == ask(frank_client, case, "sales") == []
    cast.assignment(company, case)
    assert [one["insert"] for one in ask(frank_client, case, "dora")] == ["@dora"]
    assert [one["insert"] for one in ask(frank_client, case, "sales")] == ["@sales"]


def test_who_is_deactivated_and_oneself_are_not_proposed(
    company: Cast, case: Case, frank_client: Client
) -> None:
    User.objects.filter(pk=company.bea.pk).update(is_active=False)
    assert ask(frank_client, case, "bea") == ask(frank_client, case, "frank") == []


def test_it_asks_little(
    case: Case, frank_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        ask(frank_client, case, "")


def test_an_outsider_learns_nothing(company: Cast, case: Case, client: Client) -> None:
    client.force_login(company.oscar)
    answer = client.get("/mentions/", {"case": case.display_number, "q": "be"})
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert client.get("/mentions/", {"case": "x"}).status_code == HTTPStatus.NOT_FOUND
