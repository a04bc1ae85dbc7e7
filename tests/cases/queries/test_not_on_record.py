"""Contracts that may be those of somebody not on record: by name, address or phone (N5)."""

from __future__ import annotations

import pytest

from heliodesk.cases.queries.not_on_record import (
    Somebody,
    contracts_for,
    contracts_that_may_be_theirs,
)
from heliodesk.directory.models import Contact
from tests import cast
from tests.cases.opening import not_on_record
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def found(company: Cast, **known: str) -> dict[str, tuple[str, ...]]:
    """Contract ID to what is alike."""
    rows = contracts_for(Somebody(**known), by=actor(company.bea))
    return {row.contract_id: row.why for row in rows}


def test_by_name_in_another_spelling(company: Cast) -> None:
    assert found(company, name="tom okafor") == {"C-2001": ("name",)}
    assert found(company, name="Tom Okaffor") == {"C-2001": ("name",)}


def test_by_the_name_of_a_co_signer(company: Cast) -> None:
    assert set(found(company, name="Luis Delgado")) == {"C-1001", "C-0999"}


def test_by_phone_however_it_is_written(company: Cast) -> None:
    Contact.objects.filter(pk=company.signer.pk).update(phone="")
    assert found(company, phone="+1 619-555-0143") == {"C-2001": ("phone",)}
    assert found(company, phone="0143") == {}


def test_by_address_with_the_same_house_number(company: Cast) -> None:
    assert found(company, address="14 Fir Lane, Fresno, CA 93650") == {"C-2001": ("address",)}


def test_what_is_alike_in_most_comes_first(company: Cast) -> None:
    rows = found(company, name="Tom Okafor", phone="619 555 0143", address="14 Fir Ln, Fresno")
    assert next(iter(rows.items())) == ("C-2001", ("address", "name", "phone"))


def test_nothing_known_finds_nothing(company: Cast) -> None:
    assert found(company) == {}
    assert found(company, name="100% \0 _") == {}


def test_a_case_on_its_contract_proposes_nothing(company: Cast) -> None:
    by = actor(company.bea)
    case = not_on_record(company, name="Tom Okafor", phone="", email="t@example.org")
    assert contracts_that_may_be_theirs(cast.case(company), by=by) == []
    assert [row.contract_id for row in contracts_that_may_be_theirs(case, by=by)] == ["C-2001"]


def test_a_department_member_is_shown_no_contract_of_others(company: Cast) -> None:
    assert contracts_for(Somebody(name="Tom Okafor"), by=actor(company.dora)) == []
