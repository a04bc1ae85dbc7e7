"""Contracts: whose, where, in which status; their cases follow (D1, D3, H8)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.directory.rules.contracts import create_contract, edit_contract
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db
VALUES: dict[str, Any] = {"contract_id": "C-3001", "street": "3 Elm Road", "city": "Fresno"}


def test_the_installer_is_the_homeowners_org_unless_another_is_given(company: Cast) -> None:
    by = actor(company.bea)
    made = create_contract(company.homeowner, values=VALUES, by=by)
    assert (made.installer, made.status, made.address) == (
        company.org,
        "active",
        "3 Elm Road, Fresno",
    )
    other = VALUES | {"contract_id": "C-3002", "installer": company.other_org}
    assert create_contract(company.homeowner, values=other, by=by).installer == company.other_org
    assert AuditEntry.objects.filter(kind="contract_created").count() == 2


def test_a_frontline_agent_makes_no_contract(company: Cast) -> None:
    with pytest.raises(NotPermitted, match="Back-office agents"):
        create_contract(company.homeowner, values=VALUES, by=actor(company.frank))
    with pytest.raises(NotPermitted):
        edit_contract(company.contract, values={"city": "X"}, by=actor(company.frank))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"contract_id": ""}, "missing"),
        ({"contract_id": "C/1"}, "slash"),
        ({"contract_id": "c-1001"}, "contract_id_taken"),
        ({"street": " "}, "address_missing"),
        ({"status": "lost"}, "contract_status_unknown"),
    ],
)
def test_what_is_refused(company: Cast, values: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        create_contract(company.homeowner, values=VALUES | values, by=actor(company.bea))
    assert refused.value.code == code


def test_parties_have_to_be_of_their_kind(company: Cast) -> None:
    by = actor(company.bea)
    with pytest.raises(Refused, match="belongs to a homeowner"):
        create_contract(company.org, values=VALUES | {"installer": company.org}, by=by)
    with pytest.raises(Refused, match="installer account"):
        create_contract(company.homeowner, values=VALUES | {"installer": company.neighbour}, by=by)
    company.homeowner.parent = None
    with pytest.raises(Refused, match="its Org"):
        create_contract(company.homeowner, values=VALUES, by=by)


def test_a_new_address_stands_on_its_cases(company: Cast) -> None:
    case = cast.case(company)
    edit_contract(company.contract, values={"street": "13 Fir Lane"}, by=actor(company.bea))
    case.refresh_from_db()
    assert case.property_address == "13 Fir Lane, Fresno, CA 93650"


def test_ending_is_said_on_open_cases_once(company: Cast) -> None:
    open_case, closed = cast.case(company), cast.case(company, status="closed")
    by = actor(company.bea)
    edit_contract(company.contract, values={"status": "pending_cancellation"}, by=by)
    edit_contract(company.contract, values={"city": "Clovis"}, by=by)
    said = FeedItem.objects.filter(kind="contract_ending")
    assert [item.case_id for item in said] == [open_case.pk]
    assert not said.filter(case=closed).exists()
    edit_contract(company.contract, values={"status": "active"}, by=by)
    assert said.count() == 1


def test_a_contract_with_cases_stays_with_its_homeowner(company: Cast) -> None:
    by = actor(company.bea)
    edit_contract(company.contract, values={"account": company.neighbour}, by=by)
    cast.case(company, contract=company.cancelled)
    with pytest.raises(Refused, match="stays with its homeowner") as refused:
        edit_contract(company.cancelled, values={"account": company.neighbour}, by=by)
    assert refused.value.rule == "H8"


def test_an_external_id_is_used_once(company: Cast) -> None:
    by = actor(company.bea)
    edit_contract(company.contract, values={"external_id": "E"}, by=by)
    with pytest.raises(Refused, match="external ID"):
        edit_contract(company.cancelled, values={"external_id": "E"}, by=by)


def test_the_record_of_changes_writes_numbers_and_days_as_text(company: Cast) -> None:
    edit_contract(
        company.contract, values={"system_size_kw": Decimal("7.2")}, by=actor(company.bea)
    )
    assert AuditEntry.objects.get().changes == {"system_size_kw": [None, "7.2"]}
    edit_contract(
        company.contract, values={"system_size_kw": Decimal("7.20")}, by=actor(company.bea)
    )
    assert AuditEntry.objects.count() == 1
