"""Nasty files: each is read, or refused with what to do (D1, K5)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management.base import CommandError

from heliodesk.directory.models import Account
from tests.integrations.salesforce.exports import ACCOUNT, ORG, bring_in, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"\x7fELF" + b"\0" * 400, "not a text file"),
        (b"Colour,Size\nred,3\n", "has no column Id.* named with --map"),
        (b"Id,Phone\n001,1\n", "has no column"),
        (b'Id,Name,Type\n001,"never closed,Partner\n' + b"x" * (1 << 21), "quotation mark"),
        (b"Id,Name,Type\n1,\x81,Partner\n", "not closed|cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "Account.csv").write_bytes(content)
    with pytest.raises(CommandError, match=said) as refused:
        bring_in(tmp_path)
    assert "Nothing was changed" in str(refused.value)


def test_a_folder_without_exports_and_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nothing to import"):
        bring_in(tmp_path)
    with pytest.raises(CommandError, match="not a folder"):
        bring_in(tmp_path / "absent")


def test_a_header_alone_is_nothing_to_change(tmp_path: Path) -> None:
    write(tmp_path, "Account.csv", ACCOUNT)
    assert "nothing to change" in bring_in(tmp_path)


def test_two_files_of_one_object_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "Account.csv", ACCOUNT, ORG)
    write(tmp_path, "accounts-old.csv", ACCOUNT, ORG)
    with pytest.raises(CommandError, match="are both accounts"):
        bring_in(tmp_path)


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("utf-8", ",", "accounts."),
        ("utf-8-sig", ";", "separated by “;”"),
        ("cp1252", ",", "Windows-1252"),
        ("utf-16", "\t", "separated by tabs"),
    ],
)
def test_encodings_and_separators_are_told(
    tmp_path: Path, encoding: str, mark: str, said: str
) -> None:
    lines = [mark.join(["Id", "Name", "Type"]), mark.join(["A-1", "Müller Söhne", "Partner"])]
    (tmp_path / "ACCOUNTS.CSV").write_text("\r\n".join(lines), encoding=encoding, newline="")
    assert said in bring_in(tmp_path)
    assert Account.objects.get().name == "Müller Söhne"


def test_a_report_is_known_by_its_columns_and_its_footer_left_out(tmp_path: Path) -> None:
    (tmp_path / "report1700000000000.csv").write_text(
        '"Account ID","Account Name","Type","Billing Street"\n"A-1","Sunline","Partner","1 Way"\n'
        '\n\n"Orgs of the desk"\n"Copyright (c) 2000-2026"\n'
    )
    assert "report1700000000000.csv: accounts." in bring_in(tmp_path)
    assert Account.objects.get().street == "1 Way"
