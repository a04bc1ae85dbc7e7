"""Putting files on a case: stored whole or refused with a reason (G1, G2)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from heliodesk.cases.models import Case
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.feed.models import FeedItem
from heliodesk.files.models import CaseFile
from heliodesk.files.rules import upload
from heliodesk.files.rules.upload import add_files
from heliodesk.people.models import DeskSettings
from tests import cast
from tests.cast import Cast, actor
from tests.files.storage import stored_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


def sent(name: str, content: bytes = b"Light") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def test_files_are_stored_whole_and_told_in_the_feed(company: Cast, storage: Path) -> None:
    case = cast.case(company)
    outcome = add_files(case, uploads=[sent("bill.pdf"), sent("roof.jpg")], by=actor(company.bea))
    bill = CaseFile.objects.get(name="bill.pdf")
    assert [file.name for file in outcome.stored] == ["bill.pdf", "roof.jpg"]
    assert (bill.size, bill.content_type, bill.by) == (5, "application/pdf", company.bea)
    assert bill.sha256 == hashlib.sha256(b"Light").hexdigest()
    with default_storage.open(bill.stored_as) as kept:
        assert kept.read() == b"Light"
    assert "bill" not in bill.stored_as
    item = FeedItem.objects.get(kind="file_added")
    assert item.data == {"files": ["bill.pdf", "roof.jpg"]}
    assert AuditEntry.objects.get(kind="file_added").by == company.bea
    assert len(stored_files(storage)) == 2


def test_the_same_name_twice_is_two_files(company: Cast) -> None:
    case = cast.case(company)
    add_files(case, uploads=[sent("a.txt", b"1"), sent("a.txt", b"2")], by=actor(company.bea))
    assert CaseFile.objects.filter(name="a.txt").count() == 2


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("a.txt", b"", "file_empty", "“a.txt” is empty"),
        ("a.EXE", b"MZ", "file_type_refused", "not taken \\(.exe\\)"),
        ("a.exe. ", b"MZ", "file_type_refused", "not taken \\(.exe\\)"),
        ("a.bin", b"x" * (1024 * 1024 + 1), "file_too_large", "1.0 MB, and the limit is 1 MB"),
    ],
)
def test_a_file_that_is_not_taken_says_why(
    company: Cast, storage: Path, name: str, content: bytes, code: str, words: str
) -> None:
    DeskSettings.objects.create(pk=1, file_size_limit_mb=1)
    outcome = add_files(cast.case(company), uploads=[sent(name, content)], by=actor(company.bea))
    (refused,) = outcome.refused
    assert (refused.code, refused.rule) == (code, "G1")
    assert re.search(words, refused.message)
    assert not CaseFile.objects.exists()
    assert not FeedItem.objects.exists()
    assert stored_files(storage) == []


def test_a_file_of_exactly_the_limit_is_taken(company: Cast) -> None:
    DeskSettings.objects.create(pk=1, file_size_limit_mb=1)
    content = b"x" * 1024 * 1024
    outcome = add_files(cast.case(company), uploads=[sent("a", content)], by=actor(company.bea))
    assert outcome.stored[0].size == len(content)


def test_one_refused_among_several_leaves_the_good_ones(company: Cast, storage: Path) -> None:
    case = cast.case(company)
    uploads = [sent("a.txt"), sent("b.exe"), sent("c.txt", b""), sent("d.txt")]
    outcome = add_files(case, uploads=uploads, by=actor(company.bea))
    told = [(name, getattr(result, "code", "stored")) for name, result in outcome.results]
    assert told == [
        ("a.txt", "stored"),
        ("b.exe", "file_type_refused"),
        ("c.txt", "file_empty"),
        ("d.txt", "stored"),
    ]
    assert FeedItem.objects.get().data == {"files": ["a.txt", "d.txt"]}
    assert len(stored_files(storage)) == 2


def test_no_file_is_refused(company: Cast) -> None:
    with pytest.raises(Refused, match="Choose a file first"):
        add_files(cast.case(company), uploads=[], by=actor(company.bea))


def test_who_may_not_see_the_case_puts_nothing_there(company: Cast, storage: Path) -> None:
    with pytest.raises(NotFound):
        add_files(cast.case(company), uploads=[sent("a.txt")], by=actor(company.dora))
    assert stored_files(storage) == []


def test_a_storage_that_fails_refuses_and_keeps_nothing(
    company: Cast, storage: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    outcome = add_files(cast.case(company), uploads=[sent("a.txt")], by=actor(company.bea))
    assert (outcome.refused[0].code, outcome.refused[0].rule) == ("storage_failed", "G2")
    assert "could not be stored" in caplog.text
    assert not CaseFile.objects.exists()
    assert stored_files(storage) == []


def test_a_storage_that_keeps_less_than_it_got_refuses(
    company: Cast, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(default_storage, "size", lambda _: 3)
    outcome = add_files(cast.case(company), uploads=[sent("a.txt")], by=actor(company.bea))
    assert outcome.refused[0].code == "storage_failed"
    assert stored_files(storage) == []


def test_bytes_without_a_row_do_not_stay(
    company: Cast, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise IntegrityError("nothing was written")

    monkeypatch.setattr(upload, "record", fail)
    with pytest.raises(IntegrityError):
        add_files(cast.case(company), uploads=[sent("a.txt")], by=actor(company.bea))
    assert not CaseFile.objects.exists()
    assert stored_files(storage) == []


def test_a_file_changes_nothing_of_the_case(company: Cast) -> None:
    case = cast.case(company)
    before = Case.objects.values().get(pk=case.pk)
    add_files(case, uploads=[sent("a.txt")], by=actor(company.bea))
    assert Case.objects.values().get(pk=case.pk) == before
