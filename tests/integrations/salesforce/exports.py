"""Exports as the tests write them, and the import run over them."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

ACCOUNT = ["Id", "Name", "ParentId", "RecordType.Name", "Phone", "BillingStreet", "BillingCity"]
CONTACT = ["Id", "AccountId", "FirstName", "LastName", "Email", "MobilePhone", "Title"]
CONTRACT = ["Id", "AccountId", "ContractNumber", "Status", "Installer__c", "ShippingStreet"]
ORG = ["0010000000000A1", "Sunline LLC", "", "Installer", "619 555 0100", "1 Way", "San Diego"]
HOME = [
    "0010000000000B2",
    "Ana Ruiz",
    "0010000000000A1",
    "Homeowner",
    "",
    "5 Elm\nUnit 2",
    "Fresno",
]
ANA = ["0030000000000C3", "0010000000000B2", "Ana", "Ruiz", "Ana@example.org", "6195550101", ""]
DEAL = ["8000000000000D4", "0010000000000B2", "S-1", "Activated", "", "5 Elm"]


def write(folder: Path, name: str, header: list[str], *rows: list[str]) -> Path:
    """A CSV file as Data Loader writes it."""
    path = folder / name
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([header, *rows])
    return path


def whole(folder: Path) -> None:
    """A small directory: an Org, a homeowner, the signer, a contract."""
    write(folder, "Account.csv", ACCOUNT, HOME, ORG)
    write(folder, "Contact.csv", CONTACT, ANA)
    write(folder, "Contract.csv", CONTRACT, DEAL)


def bring_in(folder: Path, **options: Any) -> str:
    """Run the import; gives what it said."""
    out = StringIO()
    call_command("import_directory", folder, **({"yes": True} | options), stdout=out, no_color=True)
    return out.getvalue()


def refused(folder: Path) -> list[dict[str, str]]:
    """The refused rows that it wrote."""
    path = folder / "refused.csv"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return list(csv.DictReader(StringIO(text)))


def reasons(folder: Path) -> dict[tuple[str, int], str]:
    """The reasons by file and line."""
    return {(row["file"], int(row["line"])): row["reason"] for row in refused(folder)}
