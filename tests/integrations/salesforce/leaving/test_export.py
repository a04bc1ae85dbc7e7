"""Everything of a desk as CSV files, and back (M1)."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import TransactionTestCase
from pytest_django import Settings

from heliodesk.core.models import AuditEntry
from heliodesk.files.models import CaseFile
from heliodesk.integrations.salesforce.leaving import ids
from heliodesk.integrations.salesforce.leaving.export import TABLES, Exported, export
from heliodesk.integrations.salesforce.mapping import ImportProblem
from heliodesk.people.access import SYSTEM
from heliodesk.people.models import User
from heliodesk.server.commands import exporting
from heliodesk.server.problem import Problem
from tests.cast import Cast
from tests.emptying import instead_of_flush
from tests.integrations.salesforce.leaving.furnished import DESCRIPTION, furnish

Rows = list[dict[str, str]]


@pytest.fixture(autouse=True)
def _storage(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "storage"


def leave(path: Path) -> Exported:
    """Export to `path`."""
    return export(path, by=SYSTEM)


def read(folder: Path, name: str) -> Rows:
    """The rows of one file."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.django_db(transaction=True)
def test_an_export_comes_back_into_an_empty_desk_and_is_equal(
    company: Cast, tmp_path: Path
) -> None:
    furnish(company)
    first, second = tmp_path / "first", tmp_path / "second"
    leave(first)
    instead_of_flush(TransactionTestCase())
    assert not User.objects.exists()
    call_command("import_salesforce", first, refused=tmp_path / "refused.csv", stdout=_Nowhere())
    assert not (tmp_path / "refused.csv").exists(), (tmp_path / "refused.csv").read_text()
    leave(second)
    for name in TABLES:
        assert read(second, name) == read(first, name), name
    stored = {path.name: path.read_bytes() for path in (first / "ContentVersion").iterdir()}
    assert stored == {
        path.name: path.read_bytes() for path in (second / "ContentVersion").iterdir()
    }


class _Nowhere:
    def write(self, text: str) -> None:
        """Say nothing."""

    def flush(self) -> None:
        """Nothing is kept."""


@pytest.mark.django_db
def test_every_record_is_in_its_file(company: Cast, tmp_path: Path) -> None:
    case = furnish(company)
    done = leave(tmp_path / "left")
    assert all(done.rows[name] for name in TABLES), done.rows
    (row,) = [row for row in read(tmp_path / "left", "Case") if row["Description"] == DESCRIPTION]
    assert row["CaseNumber"] == f"{case.number:08}"
    case.refresh_from_db()
    assert row["LastModifiedDate"] == case.last_modified_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    facts = {row["Kind__c"] for row in read(tmp_path / "left", "Desk_Fact__c")}
    assert facts == {
        *("merge", "related", "follower", "dismissed_match", "contract_confirmation"),
        *("follow_up", "mention", "jira_link", "engine_comment"),
    }
    people = {row["Id"]: row["Username"] for row in read(tmp_path / "left", "User")}
    assert people[row["OwnerId"]] == "frank"
    talk = {row["Kind__c"]: row for row in read(tmp_path / "left", "FeedItem")}
    tasks = {row["Id"]: row for row in read(tmp_path / "left", "Task")}
    about = json.loads(talk["interaction"]["Data__c"])
    assert tasks[about["interaction"]]["Description"] == "No power."


@pytest.mark.django_db
def test_ids_are_an_imports_own_or_made_and_whole(company: Cast, tmp_path: Path) -> None:
    furnish(company)
    User.objects.filter(pk=company.frank.pk).update(external_id="0053X00000AbCdEQAZ")
    leave(tmp_path / "left")
    seen: set[str] = set()
    for name in TABLES:
        here = [row["Id"] for row in read(tmp_path / "left", name)]
        assert here == sorted(set(here))
        assert not seen & set(here)
        assert {len(one) for one in here} == {18}
        seen |= set(here)
    assert "0053X00000AbCdEQAZ" in seen
    assert ids.capitals("0D5") == "CAA"


@pytest.mark.django_db
def test_files_stand_beside_and_a_lost_one_is_named(
    company: Cast,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    furnish(company)
    leave(tmp_path / "left.zip")
    with zipfile.ZipFile(tmp_path / "left.zip") as whole:
        (version,) = [name for name in whole.namelist() if name.startswith("ContentVersion/")]
        assert whole.read(version) == b"\xff\xd8 roof\r\n"
        assert json.loads(whole.read("manifest.json"))["files"] == 1
    key = CaseFile.objects.get().stored_as
    default_storage.delete(key)
    monkeypatch.setattr("heliodesk.server.commands.manage.django_ready", nullcontext)
    asked = Namespace(target=tmp_path / "again.zip", data=None)
    assert exporting.run(asked) == exporting.INCOMPLETE
    said = capsys.readouterr().out
    assert f"1 files are missing in the desk's storage: {key}" in said
    assert re.search(r"^Case +5$", said, re.MULTILINE)
    with pytest.raises(Problem, match="is there already"):
        exporting.run(asked)


@pytest.mark.django_db
def test_nothing_is_written_over_and_half_an_export_does_not_stay(
    company: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    with pytest.raises(ImportProblem, match="is there already"):
        leave(tmp_path / "full")
    with pytest.raises(ImportProblem, match="cannot be written"):
        leave(tmp_path / "nowhere" / "left")

    def fails(*_: Any) -> None:
        raise OSError("No space left on device")

    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr("heliodesk.integrations.salesforce.leaving.export._write_files", fails)
    with pytest.raises(ImportProblem, match="No space left"):
        leave(tmp_path / "left")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.django_db
def test_that_everything_left_is_on_record(company: Cast, tmp_path: Path) -> None:
    leave(tmp_path / "left")
    entry = AuditEntry.objects.get(kind="exported_everything")
    assert entry.changes["to"] == "left"
    assert entry.changes["rows"]["User"] == User.objects.count()
