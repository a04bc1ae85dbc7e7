"""The demo company's directory: enough of everybody, and nobody real."""

from __future__ import annotations

import re

import pytest

from heliodesk.demo.casework import Casework
from heliodesk.demo.company import Company
from heliodesk.demo.directory import plain
from heliodesk.demo.people import DEMO_SIGN_INS, STAFF
from heliodesk.directory.models import ContractStatus
from heliodesk.directory.phones import written
from heliodesk.people.defaults import DEPARTMENTS

pytestmark = pytest.mark.xdist_group("demo")

RESERVED_PHONE = re.compile(r"\([2-9]\d\d\) 555-01\d\d")
RESERVED_DOMAIN = re.compile(r"[a-z0-9.-]+@(example\.(com|org|net)|[a-z0-9-]+\.example)")


def test_there_are_forty_orgs_and_fifteen_hundred_homes(directory: Company) -> None:
    assert len(directory.orgs) == 40
    assert len({org.name for org in directory.orgs}) == 40
    assert len(directory.homes) == 1500
    assert all(org.people_in("operations") for org in directory.orgs)
    assert any(org.people_in("sales_rep") for org in directory.orgs)


def test_contracts_stand_in_every_status_and_some_homes_have_two(directory: Company) -> None:
    agreements = [each for home in directory.homes for each in home.agreements]
    assert {each.status for each in agreements} == set(ContractStatus.values)
    assert sum(len(home.agreements) == 2 for home in directory.homes) > 80
    assert len({each.contract_id for each in agreements}) == len(agreements)
    assert len({each.job.job_id for each in agreements}) == len(agreements)


def test_nobody_has_a_name_an_address_or_an_email_of_another(directory: Company) -> None:
    people = [person for home in directory.homes for person in home.people]
    assert len({person.name for person in people}) == len(people)
    assert len({person.email for person in people}) == len(people)
    assert not {person.name for person in people} & set(directory.strangers)


def test_names_come_from_many_places(directory: Company) -> None:
    names = " ".join(person.name for home in directory.homes for person in home.people)
    for sign in ("ñ", "é", "ễ", "ø", "'", "-", "Ł"):
        assert sign in names, sign


def test_phones_and_emails_are_only_reserved_ones(
    directory: Company, cases: list[Casework]
) -> None:
    orgs, homes = directory.orgs, directory.homes
    people = [person for org in orgs for person in org.people]
    people += [person for home in homes for person in home.people]
    strangers = [case.subject.stranger for case in cases if case.subject.stranger]
    phones = [person.phone for person in people] + [org.phone for org in orgs]
    phones += [each[1] for each in strangers]
    assert [phone for phone in phones if not RESERVED_PHONE.fullmatch(phone)] == []
    assert all(written(phone) == phone for phone in phones)
    emails = [person.email for person in people] + [org.email for org in orgs]
    emails += [person.email for person in STAFF]
    emails += [case.subject.seller[1] for case in cases if case.subject.seller]
    assert [email for email in emails if not RESERVED_DOMAIN.fullmatch(email)] == []


def test_emails_are_plain_letters() -> None:
    assert plain("Łucja Núñez-O'Hara", ".") == "lucja.nunez.ohara"


def test_every_department_has_members_and_both_queues_too() -> None:
    members = {name for person in STAFF for name in person.departments}
    assert members == {department.name for department in DEPARTMENTS}
    assert {kind for person in STAFF for kind in person.queues} == {"homeowner", "installer"}


def test_the_sign_ins_are_one_of_each_kind() -> None:
    roles = [next(p for p in STAFF if p.username == username) for username, *_ in DEMO_SIGN_INS]
    assert [person.role for person in roles] == [
        "frontline", "back_office", "back_office", "supervisor", "administrator", "", "", "",
    ]  # fmt: skip
    assert [len(person.queues) for person in roles] == [0, 1, 2, 0, 0, 0, 0, 0]
    asked = ("Sales", "Operations and Maintenance", "Resolution Specialist")
    assert tuple(name for person in roles for name in person.departments) == asked
    assert all(
        person.name == name for person, (_, name, *_) in zip(roles, DEMO_SIGN_INS, strict=True)
    )
