"""The page that logs an interaction, and where it leads."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case, Interaction, Status
from tests import cast
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NEW = "/interactions/new/"


def typed(**changes: Any) -> dict[str, Any]:
    """What Frank sends."""
    return {"channel": "phone", "about": "Asks for the bill.", "then": "resolved"} | changes


def test_one_finds_the_customer_first(company: Cast, frank_client: Client) -> None:
    assert "With whom?" in frank_client.get(NEW).content.decode()
    text = frank_client.get(NEW, {"q": "Delgado"}).content.decode()
    assert f"{NEW}?account={company.homeowner.pk}" in text
    assert "Nobody found" in frank_client.get(NEW, {"q": "Zzyzx"}).content.decode()


def test_resolved_it_stays_on_the_record(company: Cast, frank_client: Client) -> None:
    answer = frank_client.post(f"{NEW}?account={company.homeowner.pk}", typed())
    assert answer["Location"] == f"/accounts/{company.homeowner.pk}/"
    kept = Interaction.objects.get()
    assert (kept.resolved, kept.case) == (True, None)
    assert not Case.objects.exists()


def test_follow_up_leads_to_the_case_on_the_contract(company: Cast, frank_client: Client) -> None:
    address = f"{NEW}?account={company.homeowner.pk}"
    offered = frank_client.get(address).content.decode()
    assert f'<option value="{company.contract.pk}" selected>C-1001' in offered
    answer = frank_client.post(address, typed(then="case", contract=company.contract.pk))
    kept = Interaction.objects.get()
    assert kept.resolved is False
    assert answer["Location"] == f"/contracts/C-1001/cases/new/?interaction={kept.pk}"


def test_without_a_contract_no_homeowner_case(company: Cast, frank_client: Client) -> None:
    answer = frank_client.post(f"{NEW}?account={company.homeowner.pk}", typed(then="case"))
    assert answer.status_code == 422
    assert "under a contract" in answer.content.decode()
    assert not Interaction.objects.exists()


def test_at_an_org_it_leads_to_its_forms(company: Cast, frank_client: Client) -> None:
    address = f"{NEW}?account={company.org.pk}"
    places = [
        frank_client.post(address, typed(then=then, contact=contact))["Location"].split("?")[0]
        for then, contact in (
            ("case", ""),
            ("case", company.org_contact.pk),
            ("not_on_record", ""),
        )
    ]
    assert places == [
        f"/accounts/{company.org.pk}/cases/new/",
        f"/contacts/{company.org_contact.pk}/cases/new/",
        f"/accounts/{company.org.pk}/not-on-record/new/",
    ]


def test_on_a_case_it_stands_in_the_feed(company: Cast, frank_client: Client) -> None:
    case = cast.case(company, status=Status.AWAITING_CUSTOMER)
    address = f"{NEW}?case={case.display_number}"
    assert frank_client.get(address).status_code == 200
    answer = frank_client.post(address, typed(resolved="on"))
    assert answer["Location"] == case.get_absolute_url()
    assert case.interactions.get().resolved is True


def test_it_is_left_on_the_case_that_exists(company: Cast, frank_client: Client) -> None:
    case = cast.case(company, owner_agent=company.fiona)
    address = f"{NEW}?contract=C-1001"
    assert 'name="leave_on"' in frank_client.get(address).content.decode()
    frank_client.post(address, typed(leave_on=case.display_number, then=""))
    assert case.interactions.get().about == "Asks for the bill."
    assert Case.objects.count() == 1


def test_nothing_typed_is_lost_when_it_is_refused(company: Cast, frank_client: Client) -> None:
    answer = frank_client.post(
        f"{NEW}?contact={company.signer.pk}", typed(channel="", about="Half a story")
    )
    assert answer.status_code == 422
    assert "Half a story" in answer.content.decode()


def test_another_customers_contact_is_refused(company: Cast, frank_client: Client) -> None:
    sent = typed(contact=company.neighbour_contact.pk)
    assert frank_client.post(f"{NEW}?contract=C-1001", sent).status_code == 422
    assert not Interaction.objects.exists()


def test_a_department_member_logs_nothing(company: Cast, client: Client) -> None:
    client.force_login(company.dora)
    assert client.post(f"{NEW}?account={company.homeowner.pk}", typed()).status_code == 403


@pytest.mark.parametrize("query", ["", "account={account}", "contract=C-1001", "contact={contact}"])
def test_the_page_takes_few_statements(
    company: Cast,
    frank_client: Client,
    query: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    address = f"{NEW}?{query.format(account=company.homeowner.pk, contact=company.signer.pk)}"
    frank_client.get(address)  # the names kept in the process are read
    with django_assert_max_num_queries(8):
        frank_client.get(address)
