"""An import and the rules of the screens give the same verdict on the same row (K5)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from heliodesk.core.refusal import Refused
from heliodesk.directory.models import Account
from heliodesk.directory.rules.accounts import create_account
from heliodesk.directory.rules.contacts import add_contact
from heliodesk.directory.rules.contracts import create_contract
from tests.cast import Cast, actor
from tests.integrations.salesforce.exports import (
    ACCOUNT,
    CONTACT,
    CONTRACT,
    bring_in,
    refused,
    write,
)

pytestmark = pytest.mark.django_db
Rule = Callable[[Cast], object]


def org(company: Cast, **values: Any) -> object:
    """The rule for an Org of these values."""
    return create_account(kind="installer", values=values, by=actor(company.bea))


def homeowner(company: Cast, **values: Any) -> object:
    """The rule for a homeowner of these values."""
    return create_account(kind="homeowner", values=values, by=actor(company.bea))


def contact(company: Cast, **values: Any) -> object:
    """The rule for a contact of Maria Delgado."""
    return add_contact(company.homeowner, values=values, by=actor(company.bea))


def contract(company: Cast, account: Account | None = None, **values: Any) -> object:
    """The rule for a contract of Maria Delgado, or of another account."""
    return create_contract(account or company.homeowner, values=values, by=actor(company.bea))


ROWS: list[tuple[str, list[str], list[str], Rule]] = [
    ("Account.csv", ACCOUNT, ["X", "n" * 201, "", "Installer", "", "", ""],
     lambda c: org(c, name="n" * 201)),
    ("Account.csv", ACCOUNT, ["X", "", "", "Installer", "", "", ""], lambda c: org(c, name="")),
    ("Account.csv", ACCOUNT, ["X", "A\x01B", "", "Installer", "", "", ""],
     lambda c: org(c, name="A\x01B")),
    ("Account.csv", ACCOUNT, ["X", "A", "ORG", "Installer", "", "", ""],
     lambda c: org(c, name="A", parent=c.org)),
    ("Account.csv", ACCOUNT, ["X", "A", "HOME", "Homeowner", "", "", ""],
     lambda c: homeowner(c, name="A", parent=c.homeowner)),
    ("Account.csv", ACCOUNT, ["X", "A", "", "Homeowner", "9" * 41, "", ""],
     lambda c: homeowner(c, name="A", phone="9" * 41)),
    ("Contact.csv", CONTACT, ["X", "HOME", "", "", "", "", ""], lambda c: contact(c, name="")),
    ("Contact.csv", CONTACT, ["X", "HOME", "A", "B", "what@", "", ""],
     lambda c: contact(c, name="A B", email="what@")),
    ("Contract.csv", CONTRACT, ["X", "HOME", "c-1001", "Active", "", "1 Elm"],
     lambda c: contract(c, contract_id="c-1001", street="1 Elm")),
    ("Contract.csv", CONTRACT, ["X", "HOME", "A/B", "Active", "", "1 Elm"],
     lambda c: contract(c, contract_id="A/B", street="1 Elm")),
    ("Contract.csv", CONTRACT, ["X", "HOME", "N-1", "Active", "", ""],
     lambda c: contract(c, contract_id="N-1", street="")),
    ("Contract.csv", CONTRACT, ["X", "HOME", "N-1", "Lost", "", "1 Elm"],
     lambda c: contract(c, contract_id="N-1", street="1 Elm", status="lost")),
    ("Contract.csv", CONTRACT, ["X", "ORG", "N-1", "Active", "ORG", "1 Elm"],
     lambda c: contract(c, c.org, contract_id="N-1", street="1 Elm", installer=c.org)),
    ("Contract.csv", CONTRACT, ["X", "HOME", "N-1", "Active", "HOME", "1 Elm"],
     lambda c: contract(c, contract_id="N-1", street="1 Elm", installer=c.neighbour)),
]  # fmt: skip


@pytest.mark.parametrize(("file", "header", "row", "rule"), ROWS)
def test_the_same_row_gets_the_same_answer(
    company: Cast, tmp_path: Path, file: str, header: list[str], row: list[str], rule: Rule
) -> None:
    Account.objects.filter(pk=company.org.pk).update(external_id="ORG")
    Account.objects.filter(pk=company.homeowner.pk).update(external_id="HOME")
    company.contract.external_id = "TAKEN"
    company.contract.save()
    with pytest.raises(Refused) as screen:
        rule(company)
    write(tmp_path, file, header, row)
    bring_in(tmp_path)
    listed = refused(tmp_path)
    assert [(one["reason"], one["rule"], one["field"]) for one in listed] == [
        (screen.value.message, screen.value.rule, screen.value.field or "")
    ]


def test_a_homeowner_without_org_needs_the_installer_on_the_contract(
    company: Cast, tmp_path: Path
) -> None:
    alone = Account.objects.create(kind="homeowner", name="Alone", external_id="ALONE")
    with pytest.raises(Refused) as screen:
        contract(company, alone, contract_id="N-1", street="1 Elm")
    write(tmp_path, "Contract.csv", CONTRACT, ["X", "ALONE", "N-1", "Active", "", "1 Elm"])
    bring_in(tmp_path)
    assert refused(tmp_path)[0]["reason"] == screen.value.message
