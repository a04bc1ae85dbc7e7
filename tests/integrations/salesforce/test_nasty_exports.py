"""Exports as they really come: deleted records, Salesforce's own people and groups, times of other
countries, ZIPs of other programs, and files that are broken (M1)."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.db import connection

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Case
from heliodesk.directory.models import Account
from heliodesk.feed.models import FeedItem
from heliodesk.files.models import CaseFile
from heliodesk.integrations.salesforce.files import encoding_of
from heliodesk.integrations.salesforce.models import Imported
from heliodesk.people.models import Queue, User
from tests.integrations.salesforce.whole_export import (
    BASE,
    Rows,
    counts,
    move_in,
    refused,
    sf,
    write,
)

pytestmark = pytest.mark.django_db
TIMES: list[tuple[str, Callable[[str], str]]] = [
    ("as the Data Export Service writes them", lambda text: text),
    ("with an offset", lambda text: text.replace("Z", "+0000")),
    ("as reports in the United States", lambda text: american(text, " ")),
    ("with the narrow blank of newer locales", lambda text: american(text, "\u202f")),
    ("as reports in Germany", lambda text: f"{text[8:10]}.{text[5:7]}.{text[:4]} {text[11:16]}"),
]


def american(text: str, blank: str) -> str:
    """`5/1/2024, 10:00 AM` for an exported time."""
    hour = int(text[11:13])
    half = "AM" if hour < 12 else "PM"
    day = f"{int(text[5:7])}/{int(text[8:10])}/{text[:4]}"
    return f"{day}, {(hour - 1) % 12 + 1}:{text[14:16]}{blank}{half}"


def with_times(rows: Rows, written: Callable[[str], str]) -> Rows:
    """The rows, their exported times written otherwise."""
    return [
        {name: written(text) if text[10:11] == "T" else text for name, text in row.items()}
        for row in rows
    ]


@pytest.mark.parametrize("written", [one for _, one in TIMES], ids=[name for name, _ in TIMES])
def test_times_mean_the_same_however_they_are_written(
    desk: None, tmp_path: Path, written: Callable[[str], str]
) -> None:
    write(tmp_path, {name: with_times(rows, written) for name, rows in BASE.items()})
    move_in(tmp_path)
    case = Case.objects.get(number=1001)
    assert case.created_at.isoformat() == "2023-05-01T10:00:00+00:00"
    assert str(case.closed_at) == "2023-05-03 10:00:00+00:00"
    org = Account.objects.get(name="Sunline LLC")
    assert org.created_at.isoformat() == "2020-02-01T10:00:00+00:00"


def test_days_before_months_are_refused_whole_since_others_would_be_read_wrong(
    desk: None, tmp_path: Path
) -> None:
    comments = BASE["CaseComment"] + [
        BASE["CaseComment"][0] | {"Id": sf("comment", 2), "CreatedDate": "31/05/2024 12:00"}
    ]
    write(tmp_path, {"CaseComment": comments})
    with pytest.raises(CommandError, match=r"CaseComment\.csv, line 3: “31/05/2024 12:00” has the"):
        move_in(tmp_path)
    assert not Case.objects.exists()


def test_what_was_deleted_in_salesforce_stays_out(desk: None, tmp_path: Path) -> None:
    deleted = {
        "Case": [
            row | {"IsDeleted": flag}
            for row, flag in zip(BASE["Case"], ("0", "1", "false"), strict=True)
        ],
        "CaseComment": [BASE["CaseComment"][0] | {"IsDeleted": "true"}],
        "Account": [
            *(row | {"IsDeleted": "0"} for row in BASE["Account"]),
            BASE["Account"][1] | {"Id": sf("account", 7), "Name": "Merged", "IsDeleted": "1"},
        ],
    }
    write(tmp_path, deleted)
    said = move_in(tmp_path)
    assert "deleted in Salesforce (IsDeleted), left out: 3." in said
    assert "not read: IsDeleted" not in said
    assert set(Case.objects.values_list("number", flat=True)) == {1002, 1003}
    assert not FeedItem.objects.filter(body__contains="Called").exists()
    assert not Account.objects.filter(name="Merged").exists()


def test_salesforces_own_groups_have_no_name_and_are_no_mistake(desk: None, tmp_path: Path) -> None:
    own = {"Id": sf("group", 8), "Name": "", "DeveloperName": "CEO", "Type": "Role"}
    nameless = own | {"Id": sf("group", 9), "Type": "Queue"}
    write(tmp_path, {"Group": [*BASE["Group"], own, nameless]})
    assert counts(move_in(tmp_path))["Group"] == [6, 1, 0, 2, 1, 2]
    assert not Queue.objects.filter(name="").exists()


@pytest.mark.parametrize("sort", ["CspLitePortal", "PowerPartner", "Guest", "AutomatedProcess"])
def test_customers_and_programs_wrote_and_are_nobody_of_the_desk(
    desk: None, tmp_path: Path, sort: str
) -> None:
    users = [row | {"UserType": "Standard"} for row in BASE["User"]]
    users[2] |= {"UserType": sort, "Email": "autoproc@00d5f000000abcd"}
    write(tmp_path, {"User": users})
    move_in(tmp_path)
    came = User.objects.get(name="Nora New")
    assert (came.is_active, came.email, came.role) == (False, "", "")
    assert User.objects.get(name="Olga Owner").is_active
    assert "User" not in {row["object"] for row in refused(tmp_path)}


def test_a_broken_row_of_any_object_is_refused_and_the_others_come_in(
    desk: None, tmp_path: Path
) -> None:
    write(tmp_path)
    for name, rows in BASE.items():
        with (tmp_path / f"{name}.csv").open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["too", "few"])
            writer.writerow(["?" for _ in rows[0]])
    move_in(tmp_path)
    assert Case.objects.count() == 3
    told = {row["object"] for row in refused(tmp_path)}
    assert {"Case", "CaseHistory", "FeedItem", "FeedComment", "Task", "Contact"} <= told


@pytest.mark.parametrize(
    ("encoding", "told"), [("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")]
)
def test_utf_16_is_told_without_its_mark(tmp_path: Path, encoding: str, told: str) -> None:
    path = tmp_path / "Case.csv"
    path.write_bytes("Id,CaseNumber\r\n".encode(encoding))
    assert encoding_of(path) == told


def zipped(folder: Path, to: Path, *, named: str = "{}") -> Path:
    """The folder as a ZIP, its files called by the pattern."""
    with zipfile.ZipFile(to, "w") as whole:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                whole.write(path, named.format(path.relative_to(folder).as_posix()))
    return to


def test_folders_in_a_zip_are_looked_through(desk: None, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    write(folder)
    root = zipped(folder, tmp_path / "one.zip", named="my company/export/{}")
    assert counts(move_in(root))["Case"][1] == 3
    assert CaseFile.objects.count() == 2


def test_backslashes_part_folders_in_zips_of_windows(desk: None, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    write(folder)
    root = zipped(folder, tmp_path / "one.zip")
    place = b"Attachments/" + sf("attachment", 1).encode()
    root.write_bytes(root.read_bytes().replace(place, place.replace(b"/", b"\\")))
    move_in(root)
    assert CaseFile.objects.filter(name="letter.pdf").exists()


def test_an_encrypted_and_a_damaged_zip_are_refused_before_anything_is_done(
    desk: None, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    write(folder)
    root = zipped(folder, tmp_path / "one.zip")
    good = root.read_bytes()
    flags = good.index(b"PK\x01\x02") + 8
    root.write_bytes(good[:flags] + b"\x01" + good[flags + 1 :])
    with pytest.raises(CommandError, match=r"is encrypted\. Unpack it"):
        move_in(root)
    place = good.index(b"Inverter is red")
    root.write_bytes(good[:place] + b"XXXXXXXX" + good[place + 8 :])
    with pytest.raises(CommandError, match=r"Fetch it again\. Nothing was changed"):
        move_in(root)
    assert not Case.objects.exists()


def test_a_damaged_file_of_a_case_is_refused_alone(desk: None, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    write(folder)
    root = zipped(folder, tmp_path / "one.zip")
    root.write_bytes(root.read_bytes().replace(b"%PDF-", b"%PDF?", 1))
    move_in(root)
    assert any("bytes of the file cannot be read" in row["reason"] for row in refused(root))
    assert list(CaseFile.objects.values_list("name", flat=True)) == ["roof.jpg"]


def test_a_link_leads_to_nothing_outside_of_the_export(desk: None, tmp_path: Path) -> None:
    folder, secret = tmp_path / "export", tmp_path / "secret"
    folder.mkdir()
    write(folder)
    secret.write_text("of the machine")
    place = folder / "Attachments" / sf("attachment", 1)
    place.unlink()
    place.symlink_to(secret)
    move_in(folder)
    assert not CaseFile.objects.filter(name="letter.pdf").exists()
    assert any("are not in the export" in row["reason"] for row in refused(folder))


def test_a_file_without_line_breaks_is_not_read_into_memory_at_once(
    desk: None, tmp_path: Path
) -> None:
    write(tmp_path)
    with (tmp_path / "CaseComment.csv").open("a", encoding="utf-8") as file:
        file.write('"00a5f00000099AAAAA","' + "0" * (3 << 20))
    with pytest.raises(CommandError, match="quotation mark that is not closed"):
        move_in(tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM salesforce_imported")
        assert cursor.fetchone()[0] == 0


def test_assignments_keep_their_numbers_whatever_the_desk_would_count_next(
    desk: None, tmp_path: Path
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('assignments_caseassignment_id_seq')")
        last = cursor.fetchone()[0]
    names = [f"CA-{last + 4:05d}", "Asked twice", f"CA-{last + 2:05d}", f"CA-{last + 1:05d}"]
    one = BASE["Case_Assignment__c"][0]
    rows = [
        one | {"Id": sf("assignment", place), "Name": name}
        for place, name in enumerate(names, start=1)
    ]
    write(tmp_path, {"Case_Assignment__c": rows})
    move_in(tmp_path)
    kept = {
        made.external_id: str(CaseAssignment.objects.get(pk=made.target_id))
        for made in Imported.objects.filter(subject="assignment").order_by("external_id")
    }
    assert [name for name in kept.values() if name in names] == [names[0], names[2], names[3]]
    assert len(set(kept.values())) == 4
