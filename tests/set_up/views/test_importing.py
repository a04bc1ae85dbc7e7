"""The directory from CSV files, on the page of administrators (D1, K3, K5)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from heliodesk.core.models import AuditEntry
from heliodesk.directory.models import Account, Contract
from heliodesk.set_up import uploads
from heliodesk.set_up.forms import importing
from tests.cast import Cast
from tests.integrations.salesforce.exports import whole
from tests.screens import browser, words

pytestmark = pytest.mark.django_db
AT = "/set-up/import/"
FIELDS = {"accounts": "Account.csv", "contacts": "Contact.csv", "contracts": "Contract.csv"}


@pytest.fixture
def ada(company: Cast, settings: Settings, tmp_path: Path) -> Client:
    settings.DATA_DIR = tmp_path / "data"
    return browser(company.ada)


def small(folder: Path, **changes: bytes) -> dict[str, Any]:
    """A small directory as a browser sends it."""
    whole(folder)
    texts = {field: (folder / name).read_bytes() for field, name in FIELDS.items()} | changes
    return {field: SimpleUploadedFile(f"my {field}.csv", text) for field, text in texts.items()}


def test_a_directory_is_shown_and_then_brought_in(
    company: Cast, ada: Client, tmp_path: Path
) -> None:
    shown = ada.post(AT, small(tmp_path))
    assert shown.status_code == 303
    text = words(ada.get(shown["Location"]))
    assert "Nothing has changed yet" in text
    assert not Contract.objects.filter(contract_id="S-1").exists()
    assert ada.post(shown["Location"], {})["Location"] == "/accounts/"
    deal = Contract.objects.get(contract_id="S-1")
    assert deal.account.parent == Account.objects.get(name="Sunline LLC")
    assert AuditEntry.objects.filter(by=company.ada, subject_kind="contract").exists()
    gone = ada.get(shown["Location"])
    assert gone.status_code == 404
    assert "Choose them again" in words(gone)
    again = ada.post(AT, small(tmp_path))
    assert "There is nothing to change." in words(ada.get(again["Location"]))


def test_sent_twice_it_is_brought_in_once(ada: Client, tmp_path: Path) -> None:
    address = ada.post(AT, small(tmp_path))["Location"]
    once = re.search(r'name="once" value="([^"]+)"', ada.get(address).content.decode())
    assert once
    folder = next((tmp_path / "data" / "imports").glob("*"))
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    first = ada.post(address, {"once": once[1]})
    folder.mkdir()
    for name, text in kept.items():
        (folder / name).write_bytes(text)
    assert ada.post(address, {"once": once[1]})["Location"] == first["Location"]
    assert Account.objects.filter(name="Sunline LLC").count() == 1


def test_refused_rows_are_shown_with_their_reasons(ada: Client, tmp_path: Path) -> None:
    contracts = b"Id,AccountId,ContractNumber\n8000000000000D5,0010000000000Z9,S-2\n"
    address = ada.post(AT, small(tmp_path, contracts=contracts))["Location"]
    text = words(ada.get(address))
    assert "Contract.csv" in text
    assert "/guide/#" in text
    file = ada.get(f"{address}refused.csv").content.decode()
    assert file.startswith("file,line,field,reason,rule")
    assert "Contract.csv,2," in file


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose at least one file."),
        ({"accounts": b"Name\nSunline\n"}, "has no column"),
        ({"accounts": b"\0" * 40}, "is not a text file"),
    ],
)
def test_what_is_no_directory_is_refused(ada: Client, sent: dict[str, bytes], said: str) -> None:
    files = {name: SimpleUploadedFile("a.csv", text) for name, text in sent.items()}
    answer = ada.post(AT, files)
    assert answer.status_code in (409, 422)
    assert said in words(answer)
    assert "--map" not in words(answer)
    assert not list(uploads._place().glob("*"))


def test_more_than_fits_is_for_the_command(
    ada: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "LARGEST", 10)
    assert "heliodesk import directory" in words(ada.post(AT, small(tmp_path)))


def test_what_the_desk_changed_meanwhile_is_shown_again(ada: Client, tmp_path: Path) -> None:
    address = ada.post(AT, small(tmp_path))["Location"]
    ada.post(ada.post(AT, small(tmp_path))["Location"], {})
    answer = ada.post(address, {})
    assert answer.status_code == 409
    assert "The desk has changed since the preview" in words(answer)


def test_it_is_ones_own_and_for_administrators(company: Cast, ada: Client, tmp_path: Path) -> None:
    address = ada.post(AT, small(tmp_path))["Location"]
    company.sue.role = "administrator"
    company.sue.save()
    assert browser(company.sue).get(address).status_code == 404
    for where in (AT, address, f"{address}refused.csv"):
        assert browser(company.frank).get(where).status_code == 403
    assert browser(company.bea).post(address, {}).status_code == 403


def test_what_nobody_said_yes_to_is_thrown_away(
    ada: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = ada.post(AT, small(tmp_path))["Location"]
    monkeypatch.setattr(uploads, "KEPT", -1)
    uploads.tidy()
    assert ada.get(address).status_code == 404
