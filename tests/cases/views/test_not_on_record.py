"""The page for a customer who is not on record."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case
from heliodesk.cases.rules.interaction import record_interaction
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(company: Cast) -> str:
    """The page at the Org."""
    return f"/accounts/{company.org.pk}/not-on-record/new/"


def typed(company: Cast, **changes: Any) -> dict[str, Any]:
    """What Frank sends."""
    return {
        "name": "Nora Quint",
        "phone": "619 555 0188",
        "property_address": "77 Alder Way, Fresno",
        "request_type": company.billing.pk,
        "request_subtype": company.autopay.pk,
        "description": "Says she signed in May.",
        "source": company.phone.pk,
        "priority": "2",
    } | changes


def test_handing_over_is_ticked_at_first(company: Cast, frank_client: Client, address: str) -> None:
    text = frank_client.get(address).content.decode()
    assert "checked" in text.split('name="hand_over"')[1].split(">")[0]


@pytest.mark.parametrize("ticked", [True, False])
def test_the_case_goes_to_the_queue_where_ticked(
    company: Cast, frank_client: Client, address: str, ticked: bool
) -> None:
    sent = typed(company) | ({"hand_over": "on"} if ticked else {})
    assert frank_client.post(address, sent).status_code == 303
    case = Case.objects.get()
    assert case.owner_queue == (company.homeowner_queue if ticked else None)
    assert case.contract is None


def test_without_phone_and_email_it_is_refused(
    company: Cast, frank_client: Client, address: str
) -> None:
    answer = frank_client.post(address, typed(company, phone=""))
    assert answer.status_code == 422
    assert "phone number or email" in answer.content.decode()
    assert not Case.objects.exists()


def test_contracts_that_may_be_theirs_are_shown(
    company: Cast, frank_client: Client, address: str
) -> None:
    answer = frank_client.post(address, typed(company, name="Tom Okafor", source=""))
    assert "Maybe on record after all" in answer.content.decode()
    panel = frank_client.get("/cases/matching/", {"org": str(company.org.pk), "name": "Tom Okafor"})
    assert "C-2001" in panel.content.decode()


def test_after_an_interaction_nothing_is_typed_twice(
    company: Cast, frank_client: Client, address: str
) -> None:
    kept = record_interaction(
        account=company.org,
        channel="email",
        spoke_with="Nora Quint",
        about="Signed in May, hears nothing.",
        resolved=False,
        by=actor(company.frank),
    )
    text = frank_client.get(f"{address}?interaction={kept.pk}").content.decode()
    assert 'value="Nora Quint"' in text
    assert "Signed in May, hears nothing." in text
    frank_client.post(address, typed(company, interaction=kept.pk))
    assert Case.objects.get().interactions.get() == kept


def test_not_at_a_homeowner(company: Cast, frank_client: Client) -> None:
    answer = frank_client.post(
        f"/accounts/{company.homeowner.pk}/not-on-record/new/", typed(company)
    )
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_a_department_member_creates_nothing(company: Cast, client: Client, address: str) -> None:
    client.force_login(company.dora)
    assert client.post(address, typed(company)).status_code == 403


def test_the_page_takes_few_statements(
    company: Cast,
    frank_client: Client,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    frank_client.get(address)  # the names kept in the process are read
    with django_assert_max_num_queries(8):
        frank_client.get(address)
