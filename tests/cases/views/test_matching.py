"""The panel of matching cases beside a form that is being filled in."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PANEL = "/cases/matching/"


def test_it_follows_what_is_typed(company: Cast, frank_client: Client) -> None:
    case = cast.installer_case(company)
    asked = {"org": company.org.pk, "request_type": company.billing.pk}
    assert case.display_number not in frank_client.get(PANEL, asked).content.decode()
    asked["request_subtype"] = company.autopay.pk
    text = frank_client.get(PANEL, asked).content.decode()
    assert case.display_number in text
    assert "same subtype" in text


def test_odd_values_harm_nothing(company: Cast, frank_client: Client) -> None:
    asked = {"account": "x", "contact": "9" * 30, "request_type": "-1", "description": "%s {x}"}
    assert "No matching case" in frank_client.get(PANEL, asked).content.decode()


def test_not_for_a_department_member(company: Cast, client: Client) -> None:
    client.force_login(company.dora)
    assert client.get(PANEL, {"account": company.homeowner.pk}).status_code == 403


def test_it_takes_three_statements(
    company: Cast, frank_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        frank_client.get(PANEL, {"account": company.homeowner.pk})
