"""A directory from CSV files: shown first, done whole, repeatable, refused rows listed (D1, K5)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management.base import CommandError

from heliodesk.core.models import AuditEntry
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.feed.models import FeedItem
from heliodesk.integrations.salesforce import contracts
from heliodesk.integrations.salesforce.ids import eighteen
from tests import cast
from tests.cast import Cast
from tests.integrations.salesforce.exports import (
    ACCOUNT,
    ANA,
    CONTACT,
    CONTRACT,
    DEAL,
    HOME,
    ORG,
    bring_in,
    reasons,
    refused,
    whole,
    write,
)

pytestmark = pytest.mark.django_db


def test_a_whole_directory_comes_in(tmp_path: Path, db: None) -> None:
    whole(tmp_path)
    assert "Done." in bring_in(tmp_path)
    ana = Account.objects.get(kind="homeowner")
    assert (ana.name, ana.street, ana.external_id) == (
        "Ana Ruiz", "5 Elm, Unit 2", "0010000000000B2AAI",
    )  # fmt: skip
    assert ana.parent is not None
    assert (ana.parent.name, ana.parent.phone) == ("Sunline LLC", "(619) 555-0100")
    signer = Contact.objects.get()
    assert (signer.account, signer.role, signer.phone) == (ana, "primary_signer", "(619) 555-0101")
    contract = Contract.objects.get()
    assert (contract.status, contract.installer) == ("active", ana.parent)
    entry = AuditEntry.objects.get(kind="contract_created")
    assert entry.changes["contract_id"] == [None, "S-1"]
    assert entry.origin == f"import {tmp_path.name}"


def test_a_second_run_changes_nothing_and_a_changed_row_only_itself(
    tmp_path: Path, db: None
) -> None:
    whole(tmp_path)
    bring_in(tmp_path)
    before = AuditEntry.objects.count()
    assert "nothing to change" in bring_in(tmp_path)
    assert AuditEntry.objects.count() == before
    write(tmp_path, "Contact.csv", CONTACT, [*ANA[:5], "619-555-0109", ""])
    bring_in(tmp_path)
    entry = AuditEntry.objects.get(kind="contact_changed")
    assert entry.changes == {"phone": ["(619) 555-0101", "(619) 555-0109"]}
    assert AuditEntry.objects.count() == before + 1


def test_fifteen_and_eighteen_characters_are_one_id(tmp_path: Path, db: None) -> None:
    whole(tmp_path)
    bring_in(tmp_path)
    write(tmp_path, "Account.csv", ACCOUNT, ["0010000000000A1AAI", *ORG[1:]])
    (tmp_path / "Contact.csv").unlink()
    (tmp_path / "Contract.csv").unlink()
    assert eighteen("001A0000006Vm9r") == "001A0000006Vm9rIAC"
    assert "nothing to change" in bring_in(tmp_path)


def test_a_dry_run_and_a_no_change_nothing(
    tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole(tmp_path)
    assert "Dry run" in bring_in(tmp_path, dry_run=True)
    monkeypatch.setattr("builtins.input", lambda _: "no")
    assert "Nothing was changed" in bring_in(tmp_path, yes=False)
    assert not Account.objects.exists()
    assert not AuditEntry.objects.exists()


def test_when_the_desk_changes_meanwhile_nothing_is_done(
    tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole(tmp_path)

    def answer(_: str) -> str:
        Account.objects.create(kind="installer", name="Same", external_id=eighteen(ORG[0]))
        return "yes"

    monkeypatch.setattr("builtins.input", answer)
    with pytest.raises(CommandError, match="changed since the preview"):
        bring_in(tmp_path, yes=False)
    assert [one.name for one in Account.objects.all()] == ["Same"]


def test_a_failure_in_the_middle_leaves_nothing(
    tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole(tmp_path)

    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(contracts, "bring_in", fail)
    with pytest.raises(RuntimeError):
        bring_in(tmp_path)
    assert not Account.objects.exists()


def test_refused_rows_are_listed_and_the_others_come_in(tmp_path: Path, db: None) -> None:
    long, twice = "n" * 300, ["0010000000000E5", "Other Org", "", "Installer", "", "", ""]
    write(
        tmp_path, "Account.csv", ACCOUNT, ORG, HOME,
        ["0010000000000F6", long, "", "Installer", "", "", ""],
        twice, twice,
        ["0010000000000G7", "No Parent", "0019999999999ZZ", "Homeowner", "", "", ""],
        ["0010000000000H8", "Odd Parent", "0010000000000B2", "Homeowner", "", "", ""],
        ["0010000000000I9", "Odd Org", "0010000000000A1", "Installer", "", "", ""],
        ["0010000000000J1", "What", "", "Vendor", "", "", ""],
        ["", "No Id", "", "Installer", "", "", ""],
        ["0010000000000K2", "Nul\x00Nul", "", "Installer", "", "", ""],
        ["0010000000000L3", "Too", "many", "", "", "", "", "columns"],
    )  # fmt: skip
    write(
        tmp_path, "Contact.csv", CONTACT, ANA,
        ["0030000000000X1", "0018888888888ZZ", "No", "Account", "", "", ""],
        ["0030000000000X2", "0010000000000B2", "Bad", "Mail", "what@", "", ""],
    )  # fmt: skip
    write(
        tmp_path, "Contract.csv", CONTRACT, DEAL,
        ["8000000000000Y1", "0010000000000B2", "s-1", "Activated", "", "5 Elm"],
        ["8000000000000Y2", "0010000000000B2", "S-2", "Lost", "", "5 Elm"],
        ["8000000000000Y3", "0010000000000A1", "S-3", "Draft", "", "5 Elm"],
        ["8000000000000Y4", "0010000000000B2", "S-4", "Draft", "Nobody Solar", "5 Elm"],
        ["8000000000000Y5", "0010000000000B2", "S-5", "Draft", "Other Org", ""],
    )  # fmt: skip
    said = bring_in(tmp_path)
    why = reasons(tmp_path)
    accounts = {line: text for (file, line), text in why.items() if file == "Account.csv"}
    expected = {
        5: "at most 200 fit", 7: "earlier row", 8: "parent account is not in", 9: "(Org)",
        10: "has no parent", 11: "installer or a homeowner", 12: "no Id", 13: "not text",
        14: "8 fields, the header 7",
    }  # fmt: skip
    assert accounts.keys() == expected.keys()
    missed = {
        line: accounts[line] for line, words in expected.items() if words not in accounts[line]
    }
    assert not missed
    assert "not in the directory" in why["Contact.csv", 3]
    assert "not an email address" in why["Contact.csv", 4]
    assert "earlier row" in why["Contract.csv", 3]
    assert "Choose a contract status" in why["Contract.csv", 4]
    assert "belongs to a homeowner" in why["Contract.csv", 5]
    assert "installer is not in the directory" in why["Contract.csv", 6]
    assert all(row["rule"] and row["reason"] for row in refused(tmp_path))
    assert f"all {len(why)}" in said
    fifth = Contract.objects.get(contract_id="S-5")
    assert (fifth.installer.name, fifth.street) == ("Other Org", "5 Elm, Unit 2")
    assert Account.objects.count() == 3


def test_cases_follow_names_addresses_and_ends(company: Cast, tmp_path: Path) -> None:
    Account.objects.filter(pk=company.org.pk).update(external_id=eighteen(ORG[0]))
    Account.objects.filter(pk=company.homeowner.pk).update(external_id=eighteen(HOME[0]))
    case, closed = cast.case(company), cast.case(company, status="closed")
    write(tmp_path, "Account.csv", ACCOUNT, HOME)
    write(tmp_path, "Contract.csv", CONTRACT, [*DEAL[:2], "C-1001", "Cancelled", "", "7 Oak"])
    bring_in(tmp_path)
    case.refresh_from_db()
    closed.refresh_from_db()
    assert case.customer_name == closed.customer_name == "Ana Ruiz"
    assert case.property_address == "7 Oak, Fresno, CA 93650"
    said = FeedItem.objects.filter(kind="contract_ending")
    assert [item.case_id for item in said] == [case.pk]
    assert Contract.objects.get(contract_id="C-1001").external_id == eighteen(DEAL[0])
    bring_in(tmp_path)
    assert said.count() == 1


def test_what_has_cases_does_not_move(company: Cast, tmp_path: Path) -> None:
    Account.objects.filter(pk=company.neighbour.pk).update(external_id=eighteen(HOME[0]))
    Contact.objects.filter(pk=company.signer.pk).update(external_id=eighteen(ANA[0]))
    cast.case(company)
    write(tmp_path, "Contact.csv", CONTACT, ANA)
    write(tmp_path, "Contract.csv", CONTRACT, [*DEAL[:2], "C-1001", "Active", "", "7 Oak"])
    bring_in(tmp_path)
    why = reasons(tmp_path)
    assert "stays with its account" in why["Contact.csv", 2]
    assert "stays with its homeowner" in why["Contract.csv", 2]
    assert {row["rule"] for row in refused(tmp_path)} == {"D1", "H8"}


def test_person_accounts_become_homeowner_and_signer(tmp_path: Path, db: None) -> None:
    header = ["Id", "FirstName", "LastName", "IsPersonAccount", "PersonEmail", "PersonContactId"]
    row = ["0010000000000B2", "Ana", "Ruiz", "true", "ana@example.org", "0030000000000C3"]
    write(tmp_path, "Account.csv", header, row)
    bring_in(tmp_path)
    signer = Contact.objects.get()
    assert (signer.name, signer.role, signer.email) == (
        "Ana Ruiz", "primary_signer", "ana@example.org",
    )  # fmt: skip
    write(tmp_path, "Contact.csv", CONTACT, ANA)
    said = bring_in(tmp_path)
    assert Contact.objects.get().role == "primary_signer"
    assert "1 homeowner accounts have no Org" in said


def test_kinds_are_told_by_how_others_speak_of_an_account(tmp_path: Path, db: None) -> None:
    header = ["Id", "Name", "RecordTypeId"]
    org = [ORG[0], ORG[1], "012000000000001AAA"]
    home = [HOME[0], HOME[1], "012000000000002AAA"]
    write(tmp_path, "Account.csv", header, org, home)
    write(tmp_path, "Contract.csv", CONTRACT, [*DEAL[:4], ORG[0], "5 Elm"])
    bring_in(tmp_path)
    assert Contract.objects.get().installer.kind == "installer"


def test_own_names_come_by_a_map(tmp_path: Path, db: None) -> None:
    write(tmp_path, "Account.csv", ["Nummer", "Firma", "Art"], ["A-1", "Sunline", "Fachbetrieb"])
    own = tmp_path / "map.toml"
    own.write_text(
        '[account]\nexternal_id = ["Nummer"]\nname = ["Firma"]\nkind = ["Art"]\n'
        '[account.kinds]\ninstaller = ["fachbetrieb"]\n'
    )
    bring_in(tmp_path, map=own)
    assert Account.objects.get().kind == "installer"
    own.write_text("[accounts]\nname = 3\n")
    with pytest.raises(CommandError, match="no list of names"):
        bring_in(tmp_path, map=own)


def test_managers_are_found_by_email_and_kept_where_unknown(company: Cast, tmp_path: Path) -> None:
    header = ["Id", "Name", "Type", "Account Manager", "Sales Manager"]
    write(tmp_path, "Account.csv", header, [ORG[0], "New", "Partner", "SUE@example.com", "Nobody"])
    assert "1 Orgs name a manager who is not" in bring_in(tmp_path)
    org = Account.objects.get(name="New")
    assert (org.account_manager, org.sales_manager) == (company.sue, None)
    Account.objects.filter(pk=org.pk).update(sales_manager=company.ada)
    assert "nothing to change" in bring_in(tmp_path)
