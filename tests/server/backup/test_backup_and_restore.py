"""A desk saved and put back, with a real pg_dump and on real servers (docs/operations.md)."""

from __future__ import annotations

import os
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from pytest_django import Settings

from heliodesk.cases.models import Case
from heliodesk.core.models import AuditEntry
from heliodesk.files.models import CaseFile
from heliodesk.files.rules.upload import add_files
from heliodesk.people.models import User
from heliodesk.server.backup import archive, restoring, taking
from heliodesk.server.backup.taking import Taken
from heliodesk.server.commands import backup
from heliodesk.server.problem import Problem
from tests import cast
from tests.cast import Cast, actor

KEY = os.environ["HELIODESK_SECRET_KEY"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("backup"),
]


@pytest.fixture
def storage(tmp_path: Path, settings: Settings) -> Path:
    """The folder of a storage that begins empty."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def case(company: Cast, storage: Path) -> Case:
    """A case with a file, in a database with real transactions."""
    case = cast.case(company)
    photo = ContentFile(b"a roof" * 1000, name="roof.jpg")
    add_files(case, uploads=[photo], by=actor(company.bea))
    return case


def url() -> str:
    """The test database's address."""
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{base}/{connection.settings_dict['NAME']}"


def let_go() -> None:
    """Nobody is connected any more, as when the desk has stopped."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has one


def save(target: Path) -> Taken:
    """A backup of the test database."""
    return taking.take(target, url(), key=KEY)


def put_back(path: Path, data: Path, *, replace: bool = False) -> list[str]:
    """Restore into the test database; gives what was said."""
    said: list[str] = []
    let_go()
    restoring.restore(path, data, url(), replace=replace, own_key=True, echo=said.append)
    return said


def test_a_desk_comes_back_as_it_was_saved(case: Case, storage: Path, tmp_path: Path) -> None:
    path = tmp_path / "desk.tar"
    taken = save(path)
    assert (taken.files, taken.lost, taken.head.rows["cases_case"]) == (1, [], 1)
    assert path.stat().st_mode & 0o777 == 0o600
    photo = CaseFile.objects.get()
    # Later things, and a loss.
    default_storage.delete(photo.stored_as)
    later = default_storage.save("cases/ff/later", ContentFile(b"later"))
    CaseFile.objects.filter(pk=photo.pk).update(stored_as=later)
    Case.objects.filter(pk=case.pk).update(description="Changed since")

    with pytest.raises(Problem, match=r"has records already.*--replace"):
        put_back(path, tmp_path)
    assert CaseFile.objects.get().stored_as == later
    said = put_back(path, tmp_path, replace=True)

    assert Case.objects.get().description == case.description
    assert CaseFile.objects.get().stored_as == photo.stored_as
    with default_storage.open(photo.stored_as) as file:
        assert file.read() == b"a roof" * 1000
    assert not default_storage.exists(later)
    assert AuditEntry.objects.filter(kind="restored", origin="command restore").count() == 1
    # What was replaced can be had again.
    (saved,) = tmp_path.glob("replaced-*.tar")
    assert any(str(saved) in line for line in said)
    assert {member.name for member in archive.members(saved)} >= {"files/cases/ff/later"}
    archive.check(saved)


def test_rows_and_files_are_of_one_moment(
    case: Case, company: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = taking._add_files

    def while_people_work(*arguments: object) -> None:
        late = ContentFile(b"late", name="late.txt")
        add_files(case, uploads=[late], by=actor(company.bea))
        gone = CaseFile.objects.get(name="roof.jpg")
        CaseFile.objects.filter(pk=gone.pk).delete()
        default_storage.delete(gone.stored_as)
        add(*arguments)  # type: ignore[arg-type]  # as tarfile's

    monkeypatch.setattr(taking, "_add_files", while_people_work)
    taken = save(tmp_path / "desk.tar")
    assert (taken.head.rows["files_casefile"], taken.files, taken.lost) == (1, 0, [])


def command(path: Path, *, without_key: bool = False) -> int:
    """`heliodesk backup`, where the desk is running already; gives the exit code."""
    return backup.run(Namespace(file=path, data=None, without_key=without_key))


def test_a_file_that_the_storage_lost_or_changed_is_named(
    case: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("heliodesk.server.commands.manage.django_ready", nullcontext)
    monkeypatch.setenv("DATABASE_URL", url())
    path = tmp_path / "whole.tar"
    assert command(path) == 0
    # Here the key comes from the environment, and so it is not in the archive.
    said = capsys.readouterr().out
    assert f"{path}: 1 cases, 1 files" in said
    assert "secret key is not in it" in said
    assert archive.KEY not in {member.name for member in archive.members(path)}
    entry = AuditEntry.objects.get(kind="backup_taken")
    assert entry.changes == {"file": "whole.tar", "files": 1, "lost": 0}

    key = CaseFile.objects.get().stored_as
    default_storage.delete(key)
    assert command(tmp_path / "without.tar") == backup.INCOMPLETE
    assert f"WARNING: 1 files are missing in the desk's storage or have changed there: {key}" in (
        capsys.readouterr().out
    )
    default_storage.save(key, ContentFile(b"something else"))
    assert save(tmp_path / "changed.tar").lost == [key]
    archive.check(tmp_path / "changed.tar")


@pytest.mark.usefixtures("company")
def test_what_fails_half_way_leaves_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(taking, "_add_files", fails)
    with pytest.raises(Problem, match="cannot be written: No space left"):
        save(tmp_path / "desk.tar")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Problem, match=r"Cannot write into .*No such file"):
        save(tmp_path / "nowhere" / "desk.tar")


@pytest.mark.usefixtures("company")
def test_no_archive_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "desk.tar").write_bytes(b"the last good one")
    with pytest.raises(Problem, match="is there already"):
        save(tmp_path / "desk.tar")
    assert (tmp_path / "desk.tar").read_bytes() == b"the last good one"


def test_a_damaged_dump_or_a_newer_one_changes_nothing(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path / "desk.tar")
    real = archive.check(tmp_path / "desk.tar")
    monkeypatch.setattr(restoring, "_dump", lambda path: iter([b"PGDMP and so on"]))
    with pytest.raises(Problem, match="could not be restored, and is as it was"):
        put_back(tmp_path / "desk.tar", tmp_path, replace=True)
    assert Case.objects.count() == 1
    real.migrations["cases"].append("9999_of_a_release_to_come")
    monkeypatch.setattr(archive, "check", lambda path: real)
    with pytest.raises(Problem, match=r"newer release.*cases\.9999_of_a_release_to_come"):
        put_back(tmp_path / "desk.tar", tmp_path, replace=True)
    assert Case.objects.count() == 1


@pytest.mark.usefixtures("company")
def test_a_desk_that_is_in_use_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "LEAVING", 0.1)
    save(tmp_path / "desk.tar")
    User.objects.count()  # connected
    with pytest.raises(Problem, match=r"\d other connections use this database: stop the desk"):
        restoring.restore(
            tmp_path / "desk.tar", tmp_path, url(), replace=True, own_key=True, echo=print
        )
