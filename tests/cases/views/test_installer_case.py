"""The pages for a new installer case: under the Org, and under one of its contacts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case, Status
from heliodesk.directory.models import Contact
from tests import cast
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(company: Cast) -> str:
    """The page under the Org."""
    return f"/accounts/{company.org.pk}/cases/new/"


def typed(company: Cast, **changes: Any) -> dict[str, Any]:
    """What Frank sends."""
    return {
        "contact": company.org_contact.pk,
        "request_type": company.billing.pk,
        "request_subtype": company.autopay.pk,
        "description": "The commission for June is missing.",
        "source": company.phone.pk,
        "priority": "1",
    } | changes


def test_under_the_org_the_contact_is_chosen(
    company: Cast, frank_client: Client, address: str
) -> None:
    assert "Priya Raman" in frank_client.get(address).content.decode()
    assert frank_client.post(address, typed(company)).status_code == 303
    assert Case.objects.get().contact == company.org_contact


def test_neither_contact_nor_sales_rep_is_refused(
    company: Cast, frank_client: Client, address: str
) -> None:
    answer = frank_client.post(address, typed(company, contact=""))
    assert answer.status_code == 422
    assert "For a sales rep without a contact record" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_forged_contact_of_another_org_is_refused(
    company: Cast, frank_client: Client, address: str
) -> None:
    answer = frank_client.post(address, typed(company, contact=company.other_org_contact.pk))
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_a_sales_rep_becomes_a_contact(company: Cast, frank_client: Client, address: str) -> None:
    rep = {"contact": "", "sales_rep_name": "Sam Ortiz", "sales_rep_email": "sam@example.com"}
    frank_client.post(address, typed(company, add_sales_rep="on", **rep))
    assert Case.objects.get().contact == Contact.objects.get(name="Sam Ortiz")


def test_under_a_contact_they_are_given(company: Cast, frank_client: Client) -> None:
    address = f"/contacts/{company.org_contact.pk}/cases/new/"
    page = frank_client.get(address)
    assert 'name="contact"' not in page.content.decode()
    forged = typed(company, contact=company.other_org_contact.pk, job_id="J-7")
    assert frank_client.post(address, forged).status_code == 303
    case = Case.objects.get()
    assert (case.contact, case.job_id) == (company.org_contact, "J-7")


def test_a_closed_case_is_continued(company: Cast, frank_client: Client, address: str) -> None:
    old = cast.installer_case(company, status=Status.CLOSED, job_id="J-9")
    text = frank_client.get(f"{address}?continues={old.number}").content.decode()
    assert "J-9" in text
    frank_client.post(address, typed(company, continues=old.number))
    assert Case.objects.latest("pk").previous_case == old


def test_the_page_takes_few_statements(
    company: Cast,
    frank_client: Client,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    frank_client.get(address)  # the names kept in the process are read
    with django_assert_max_num_queries(8):
        frank_client.get(address)


def test_a_department_member_creates_nothing(company: Cast, client: Client, address: str) -> None:
    client.force_login(company.dora)
    assert client.post(address, typed(company)).status_code == 403
    assert not Case.objects.exists()
