"""Names and addresses are found however they were spelled (D2, N5)."""

from __future__ import annotations

import pytest

from heliodesk.cases.queries.not_on_record import Somebody, contracts_for
from heliodesk.directory.models import Contact
from heliodesk.directory.queries.finding import find, find_contracts
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def found(text: str) -> list[int]:
    """The accounts that are found."""
    return [hit.account_id for hit in find(text)]


@pytest.mark.parametrize("typed", ["muller", "Müller", "MULLER", "jose mul", "mueler, jose"])
def test_a_name_is_found_without_its_accents(company: Cast, typed: str) -> None:
    account, _ = cast.homeowner("José Müller", company.org)
    assert found(typed) == [account.pk]


@pytest.mark.parametrize("typed", ["mullr", "Mùllr"])
def test_accents_and_typing_errors_are_forgiven_together(company: Cast, typed: str) -> None:
    account, _ = cast.homeowner("Müller", company.org)
    assert found(typed) == [account.pk]


def test_an_accent_too_many_finds_the_plain_name(company: Cast) -> None:
    assert found("délgado") == [company.homeowner.pk]


def test_a_contact_and_an_address_too(company: Cast) -> None:
    Contact.objects.create(account=company.org, name="Zoë Łukasz")
    assert found("zoe luk") == [company.org.pk]
    account, _ = cast.homeowner("Ann Lee", company.org)
    contract = cast.contract("C-3001", account, street="7 Cañon Rd", city="La Cañada")
    assert found("7 canon") == [account.pk]
    assert find_contracts("canada") == [contract.pk]
    assert find_contracts("ann lée") == [contract.pk]


def test_a_customer_not_on_record_is_proposed_theirs(company: Cast) -> None:
    account, _ = cast.homeowner("Zoë Núñez", company.org)
    cast.contract("C-3001", account, street="7 Cañon Rd")
    proposed = contracts_for(Somebody(name="Zoe Nunez"), by=actor(company.frank))
    assert [one.contract_id for one in proposed] == ["C-3001"]


def test_percent_and_underscore_mean_themselves(company: Cast) -> None:
    assert found("%") == found("_") == found("\\") == []
