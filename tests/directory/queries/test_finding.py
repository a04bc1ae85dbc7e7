"""Names and addresses are found however they were spelled (D2, N5)."""

from __future__ import annotations

import pytest

from heliodesk.cases.queries.not_on_record import Somebody, contracts_for
from heliodesk.directory.models import Account, Contact, Contract
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


@pytest.fixture
def fergal(company: Cast) -> int:
    """Somebody who can be reached in every way, beside others who are called alike."""
    for name in ("Fergus Oake", "Farah Brandt", "Brian Ferrer"):
        cast.homeowner(name, company.org)
    account, _ = cast.homeowner("Fergal O'Brien-Schröder", company.org)
    Account.objects.filter(pk=account.pk).update(
        phone="(503) 777-0177", email="f.obrien@sunny-roofs.example"
    )
    place = {"street": "90 Sumac Mill Lane", "city": "Bowie", "state": "MD", "postal_code": "20716"}
    Account.objects.filter(pk=account.pk).update(**place)
    cast.contract("C-30017", account, **place)
    return account.pk


@pytest.mark.parametrize(
    "typed",
    [
        "f obr", "fergal o b", "obrien fergal", "o'brien, fergal", "fergal obrien schroder",
        "Schroeder", "schröd", "fergal s", "Mr. Fergal O'Brien", "Fergal J O'Brien",
        "Ms O'Brien Schroeder", "frgal s", "fregal s", "fergla o'brein", "fxrgal schr", "ferga o",
    ],
)  # fmt: skip
def test_a_name_is_found_by_beginnings_in_any_order_and_with_slips(fergal: int, typed: str) -> None:
    assert found(typed) == [fergal]


@pytest.mark.parametrize(
    "typed",
    [
        "fergal bowie", "bowie fergal", "obrien 20716", "fergal 0177", "fergal 777-0177",
        "fergal 90 sumac", "Fergal O'Brien-Schröder, 90 Sumac Mill Lane, Bowie, MD 20716",
        "90 Sumac Mill Lane, Bowie, MD 20716", "90 sumac mill ln bowie", "90 sumac mill ln, md",
        "sumac mill lane bowie", "20716",
    ],
)  # fmt: skip
def test_name_address_and_phone_are_found_together(fergal: int, typed: str) -> None:
    assert found(typed) == [fergal]


@pytest.mark.parametrize(
    "typed",
    [
        "1-503-777-01", "0015037770177", "tel:+15037770177", "Phone: (503) 777-0177",
        "(503) 777-0177 x12", "503-777-0177 ext. 4", "503 777", "f.obrien@", "mailto:f.obrien@su",
        "sunny-roofs.example", "@sunny", "Fergal <f.obrien@sunny-roofs.example>",
        "c30017", "C 30017", "30017", "C-30017 Fergal", "c-300",
    ],
)  # fmt: skip
def test_what_reaches_somebody_is_found_however_it_is_written(fergal: int, typed: str) -> None:
    assert found(typed) == [fergal]


@pytest.mark.parametrize("typed", ["Brightfield Solar Inc.", "Brightfield Solar LLC", "brightf so"])
def test_a_company_is_found_with_what_people_write_behind_it(company: Cast, typed: str) -> None:
    assert found(typed) == [company.org.pk]


def test_a_street_is_found_by_its_short_and_its_long_word(company: Cast) -> None:
    account, _ = cast.homeowner("Ann Lee", company.org)
    cast.contract("C-3001", account, street="7 Cole Pkwy")
    assert found("7 cole parkway") == found("cole parkway") == found("7 cole pkwy") == [account.pk]


def test_digits_of_an_id_are_no_part_of_a_phone(company: Cast) -> None:
    account, _ = cast.homeowner("Ann Lee", company.org)
    cast.contract("C-26671", account)
    other, _ = cast.homeowner("Bo Lee", company.org)
    Account.objects.filter(pk=other.pk).update(phone="(619) 555-2667")
    assert found("2667") == [other.pk]
    assert found("26671") == found("c2667") == [account.pk]


def test_a_whole_word_comes_before_the_beginning_of_one(company: Cast) -> None:
    longer, _ = cast.homeowner("Leela Abel", company.org)
    surname, _ = cast.homeowner("Zoe Lee", company.org)
    first, _ = cast.homeowner("Lee Young", company.org)
    expected = [first.pk, surname.pk, longer.pk]
    assert [key for key in found("lee") if key in expected] == expected


def test_the_surest_ways_alone_find_what_begins_so(fergal: int) -> None:
    assert [hit.account_id for hit in find("fergal o", surest=True)] == [fergal]
    assert find("schr ferg", surest=True) == []


@pytest.mark.parametrize("typed", ["ʼʼ", "ŉa", "½ ŉ ʼn", "a'b\"c | & !", "zʺ", "_:*", "--", "⑴"])
def test_no_sign_breaks_the_question(company: Cast, typed: str) -> None:
    assert found(typed) == find_contracts(typed) == []


def test_a_department_member_finds_none_but_those_of_its_cases(company: Cast, fergal: int) -> None:
    """However somebody is asked for (K6)."""
    ways = ("fergal bowie", "f obr", "c30017", "@sunny", "fregal s", "90 sumac mill", "0177")
    assert [find(way, by=actor(company.dora)) for way in ways] == [[]] * len(ways)
    contract = Contract.objects.get(contract_id="C-30017")
    signer = Contact.objects.get(account=fergal)
    case = cast.case(company, contract=contract, account=contract.account, contact=signer)
    cast.assignment(company, case)
    for way in ways:
        assert [hit.account_id for hit in find(way, by=actor(company.dora))] == [fergal], way


@pytest.mark.parametrize("typed", ["zedd", "zedd@mail", "q.zedd@mail.example.net", "zedd@"])
def test_a_contact_is_found_by_a_part_of_the_mail_address(company: Cast, typed: str) -> None:
    address = "anna.q.zedd@mail.example.net"
    Contact.objects.create(account=company.other_org, name="Anna Meyer", email=address)
    assert found(typed) == [company.other_org.pk]
    assert found("zed_@mail") == found("zedd@nail") == []


@pytest.fixture
def anna(company: Cast) -> int:
    """An account with a contact whose mail address goes below a company's domain."""
    address = "anna@mail.eu.example.net"
    Contact.objects.create(account=company.other_org, name="Anna Meyer", email=address)
    return company.other_org.pk


@pytest.mark.parametrize(
    "typed", ["example.net", "@example.n", "eu.example.net", "mail.eu.exam", "@eu", "EXAMPLE.net"]
)
def test_a_mail_address_is_found_behind_each_point_of_its_domain(anna: int, typed: str) -> None:
    assert found(typed) == [anna]


def test_so_is_that_of_an_account(company: Cast) -> None:
    company.homeowner.email = "Maria@Desk.Example.net"
    company.homeowner.save()
    assert found("example.net") == [company.homeowner.pk]


@pytest.mark.parametrize("typed", ["@net", "xample.net", "mail.example.net", "@.net"])
def test_no_domain_is_found_by_its_end_or_within_a_word(anna: int, typed: str) -> None:
    assert found(typed) == []
