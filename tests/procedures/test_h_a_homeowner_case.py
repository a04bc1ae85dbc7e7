"""H. A homeowner case: one test for each line."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from heliodesk.cases.models import Case, Priority, Status
from heliodesk.cases.rules.change_contract import change_contract
from heliodesk.core.refusal import NeedsConfirmation, Refused
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cases.opening import homeowner_case
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def test_h1_it_is_created_only_under_a_contract(company: Cast, frank_client: Client) -> None:
    with pytest.raises(Refused) as refused:
        homeowner_case(company, contract=None)
    assert refused.value.rule == "H1"
    for name, pk in (
        ("installer_case_new", company.homeowner.pk),
        ("installer_case_for_contact_new", company.signer.pk),
        ("not_on_record_new", company.homeowner.pk),
    ):
        assert frank_client.post(reverse(name, args=[pk]), {}).status_code == 422
    with pytest.raises(IntegrityError, match="case_homeowner_has_contract"), transaction.atomic():
        cast.case(company, contract=None)
    assert not Case.objects.exists()


def test_h2_the_active_contract_is_offered_first(company: Cast, frank_client: Client) -> None:
    later = cast.contract("C-1500", company.homeowner, status="pending")
    address = f"/interactions/new/?account={company.homeowner.pk}"
    text = frank_client.get(address).content.decode()
    assert f'<option value="{company.contract.pk}" selected>' in text
    places = [text.index(f'<option value="{one.pk}"', text.index('name="contract"'))
              for one in (company.contract, later, company.cancelled)]  # fmt: skip
    assert places == sorted(places)


@pytest.mark.parametrize("status", ["cancelled", "pending_cancellation"])
def test_h3_an_ending_contract_asks_and_the_yes_is_recorded(company: Cast, status: str) -> None:
    company.contract.status = status
    company.contract.save()
    with pytest.raises(NeedsConfirmation) as refused:
        homeowner_case(company)
    assert refused.value.rule == "H3"
    case = homeowner_case(company, cancelled_contract_confirmed=True)
    assert case.contract_confirmations.get().by == company.frank


def test_h4_its_fields(company: Cast) -> None:
    case = homeowner_case(company, installer_contact=company.org_contact, priority=Priority.HIGH)
    case.refresh_from_db()
    assert (case.contact, case.request_type, case.request_subtype) == (
        company.signer,
        company.billing,
        company.autopay,
    )
    assert (case.installer, case.installer_contact, case.source, case.priority) == (
        company.org,
        company.org_contact,
        company.phone,
        Priority.HIGH,
    )
    with pytest.raises(Refused, match="not a subtype of"):
        homeowner_case(company, request_subtype=company.low_production)


def test_h5_what_is_known_is_filled_in_and_the_address_cannot_be_changed(
    company: Cast, frank_client: Client
) -> None:
    page = frank_client.get("/contracts/C-1001/cases/new/").content.decode()
    assert f'<option value="{company.signer.pk}" selected>Maria Delgado' in page
    assert f'<input type="hidden" name="installer" value="{company.org.pk}">' in page
    assert f'name="installer_typed" id="id_installer" value="{company.org.name}"' in page
    assert "12 Fir Lane" in page
    assert 'name="property_address"' not in page
    assert homeowner_case(company).property_address == company.contract.address


def test_h6_it_stands_under_the_contacts_record_and_a_message_links_to_it(
    company: Cast, frank_client: Client
) -> None:
    sent = {
        "contact": company.signer.pk,
        "request_type": company.billing.pk,
        "request_subtype": company.autopay.pk,
        "description": "Charged twice",
        "installer": company.org.pk,
        "source": company.phone.pk,
        "priority": 2,
    }
    page = frank_client.post("/contracts/C-1001/cases/new/", sent, follow=True)
    case = Case.objects.get()
    assert company.signer.cases.get() == case
    assert company.contract.cases.get() == case
    assert company.homeowner.cases.get() == case
    link = f'<a href="{case.get_absolute_url()}">{case.display_number}</a>'
    assert f"Case {link} was created under Maria Delgado." in page.content.decode()


def test_h7_its_owner_is_who_created_it_with_date_time_and_number(
    company: Cast, still: Clock
) -> None:
    case = homeowner_case(company, by=actor(company.bea))
    case.refresh_from_db()
    assert (case.owner_agent, case.created_by, case.created_at, case.status) == (
        company.bea,
        company.bea,
        still.at,
        Status.NEW,
    )
    assert len(case.display_number) == 8


def test_h8_the_homeowner_changes_only_by_changing_the_contract(company: Cast) -> None:
    case = homeowner_case(company)
    change_contract(
        case,
        company.neighbour_contract,
        contact=company.neighbour_contact,
        installer=company.org,
        installer_contact=None,
        by=actor(company.frank),
    )
    case.refresh_from_db()
    assert (case.account, case.customer_name, case.property_address) == (
        company.neighbour,
        "Tom Okafor",
        "14 Fir Lane, Fresno, CA 93650",
    )
    told = FeedItem.objects.get(case=case, kind="contract").data
    assert (told["old"], told["new"]) == ("C-1001", "C-2001")
    assert told["fields"]["Homeowner"] == ["Maria Delgado", "Tom Okafor"]
