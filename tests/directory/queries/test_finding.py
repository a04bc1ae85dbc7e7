"""Names and addresses are found however they were spelled (D2, N5)."""

from __future__ import annotations

import pytest

from heliodesk.cases.queries.not_on_record import Somebody, contracts_for
from heliodesk.directory.models import Contact
from heliodesk.directory.queries.finding import find
from heliodesk.directory.queries.finding_contracts import find_contracts
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


@pytest.mark.parametrize("typed", ["fergal o'b", "Fergal O’Brien", "obrien", "brien f"])
def test_parts_of_a_name_are_words_of_their_own(company: Cast, typed: str) -> None:
    account, _ = cast.homeowner("Fergal O'Brien", company.org)
    assert found(typed) == [account.pk]


@pytest.mark.parametrize(
    "typed", ["(619) 555-017", "619.555.0177", "+1 619 555 0177", "5550177", "555 0177", "0177"]
)
def test_a_phone_is_found_however_it_is_written(company: Cast, typed: str) -> None:
    account, _ = cast.homeowner("Ann Lee", company.org)
    Contact.objects.create(account=account, name="Bo Lee", phone="(619) 555-0177")
    assert found(typed) == [account.pk]


@pytest.mark.parametrize("typed", ["90 Su", "90 sumac mill", "90 mill", "90 mill la", "mill 90"])
def test_a_house_is_found_by_its_number_and_any_words(company: Cast, typed: str) -> None:
    account, _ = cast.homeowner("Ann Lee", company.org)
    cast.contract("C-3001", account, street="90 Sumac Mill Lane")
    other, _ = cast.homeowner("Bo Lee", company.org)
    cast.contract("C-3002", other, street="190 Sumac Mill Lane")
    assert found(typed) == [account.pk]


def test_what_is_found_surely_comes_before_what_has_the_letters(company: Cast) -> None:
    later, _ = cast.homeowner("Ann Milford", company.org)
    first, _ = cast.homeowner("Milford Zed", company.org)
    assert found("milford") == [first.pk, later.pk]
    assert [hit.account_id for hit in find("milford", most=1)] == [first.pk]
