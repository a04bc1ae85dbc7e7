"""Changing the contract of a case, and everything it refuses (H8, D3, K2, K7, X6)."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.cases.models import Case, ContractConfirmation, ContractGap, Status
from heliodesk.cases.rules.change_contract import change_contract
from heliodesk.core.refusal import NeedsConfirmation, NotPermitted, Refused
from heliodesk.directory.models import Contract
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cases.opening import not_on_record
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def to_neighbour(company: Cast, case: Case, **changes: Any) -> Case:
    """Put the case under Tom Okafor's contract."""
    values = {
        "contact": company.neighbour_contact,
        "installer": company.org,
        "installer_contact": None,
        "by": actor(company.frank),
    }
    contract: Contract | None = changes.pop("contract", company.neighbour_contract)
    return change_contract(case, contract, **values | changes)


def test_homeowner_and_address_follow(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(hours=1)
    to_neighbour(company, case, installer_contact=company.org_contact)
    case.refresh_from_db()
    assert (case.contract, case.account, case.contact, case.installer_contact) == (
        company.neighbour_contract,
        company.neighbour,
        company.neighbour_contact,
        company.org_contact,
    )
    assert (case.customer_name, case.property_address) == (
        "Tom Okafor",
        "14 Fir Lane, Fresno, CA 93650",
    )
    assert case.last_modified_at == still.at


def test_the_history_has_both_values(company: Cast) -> None:
    case = cast.case(company)
    to_neighbour(company, case)
    item = FeedItem.objects.get(case=case, kind="contract")
    assert (item.data["old"], item.data["new"]) == ("C-1001", "C-2001")
    assert item.data["fields"] == {
        "Homeowner": ["Maria Delgado", "Tom Okafor"],
        "Property address": ["12 Fir Lane, Fresno, CA 93650", "14 Fir Lane, Fresno, CA 93650"],
        "Contact Name": ["Maria Delgado", "Tom Okafor"],
    }


def test_a_customer_not_on_record_gets_their_contract(company: Cast) -> None:
    case = not_on_record(company)
    to_neighbour(company, case)
    case.refresh_from_db()
    assert (case.contract_gap, case.contract, case.account) == (
        ContractGap.NONE,
        company.neighbour_contract,
        company.neighbour,
    )
    item = FeedItem.objects.get(case=case, kind="contract")
    assert item.data["old"] == "customer not on record"


def test_history_without_contract_is_completed(company: Cast) -> None:
    case = cast.case(company, contract=None, contract_gap=ContractGap.HISTORY)
    to_neighbour(company, case)
    case.refresh_from_db()
    assert (case.contract_gap, case.customer_name) == (ContractGap.NONE, "Tom Okafor")


@pytest.mark.parametrize("who", ["fiona", "bea", "dora"])
def test_only_the_owner_or_a_supervisor(company: Cast, who: str) -> None:
    case = cast.case(company)
    with pytest.raises(NotPermitted):
        to_neighbour(company, case, by=actor(getattr(company, who)))
    assert to_neighbour(company, case, by=actor(company.sue)).contract_id


def test_not_on_a_closed_case(company: Cast) -> None:
    with pytest.raises(Refused) as refused:
        to_neighbour(company, cast.case(company, status=Status.CLOSED))
    assert refused.value.rule == "X6"


def test_not_on_an_installer_case(company: Cast) -> None:
    with pytest.raises(Refused, match="has no contract"):
        to_neighbour(company, cast.installer_case(company))


def test_a_contract_has_to_be_chosen_and_to_be_another(company: Cast) -> None:
    case = cast.case(company)
    with pytest.raises(Refused, match="Search for") as none:
        to_neighbour(company, case, contract=None)
    with pytest.raises(Refused, match="already"):
        to_neighbour(company, case, contract=company.contract, contact=company.signer)
    assert (none.value.rule, none.value.field) == ("H8", "contract")


def test_the_contact_is_of_the_new_homeowner(company: Cast) -> None:
    with pytest.raises(Refused, match="not a contact of Tom Okafor") as refused:
        to_neighbour(company, cast.case(company), contact=company.signer)
    assert refused.value.field == "contact"


def test_a_cancelled_contract_asks_as_for_a_new_case(company: Cast) -> None:
    case = cast.case(company)
    to = {"contract": company.cancelled, "contact": company.signer}
    with pytest.raises(NeedsConfirmation) as refused:
        to_neighbour(company, case, **to)
    assert refused.value.rule == "H3"
    to_neighbour(company, case, cancelled_contract_confirmed=True, **to)
    assert ContractConfirmation.objects.get(case=case).contract == company.cancelled


def test_a_stale_form_sees_what_was_changed_first(company: Cast) -> None:
    case = cast.case(company)
    to_neighbour(company, case, seen="C-1001")
    with pytest.raises(Refused, match="Meanwhile somebody changed") as refused:
        to_neighbour(
            company, case, contract=company.cancelled, contact=company.signer, seen="C-1001"
        )
    assert refused.value.rule == "K2"
