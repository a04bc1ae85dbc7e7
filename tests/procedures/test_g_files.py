"""G. Files."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from heliodesk.cases.models import Status
from heliodesk.feed.models import FeedItem
from heliodesk.files.models import CaseFile
from tests import cast
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Settings) -> Path:
    """A storage that begins empty."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def sent(name: str, content: bytes = b"Light") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def test_g1_files_are_put_on_a_case_several_at_once_within_named_limits(
    company: Cast, frank_client: Client
) -> None:
    address = f"{cast.case(company).get_absolute_url()}files/"
    assert "Up to 25 MB each. Not taken: .bat" in frank_client.get(address).content.decode()
    over = sent("film.mov", b"x" * (25 * 1024 * 1024 + 1))
    files = [sent("roof.jpg"), sent("bill.pdf"), sent("setup.exe"), over]
    answer = frank_client.post(address, {"files": files})
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "2 of 4 files not stored" in page
    assert "“film.mov” has 25.0 MB, and the limit is 25 MB" in page
    assert "“setup.exe” is of a type that is not taken (.exe)" in page
    assert set(CaseFile.objects.values_list("name", flat=True)) == {"roof.jpg", "bill.pdf"}
    assert FeedItem.objects.get().data == {"files": ["roof.jpg", "bill.pdf"]}


def test_g1_a_closed_case_takes_files_too(company: Cast, frank_client: Client) -> None:
    """X6, as far as files go."""
    case = cast.case(company, status=Status.CLOSED)
    frank_client.post(f"{case.get_absolute_url()}files/", {"files": [sent("thanks.pdf")]})
    assert CaseFile.objects.get().case == case


def test_g2_nothing_in_a_file_can_run_in_the_desk(company: Cast, frank_client: Client) -> None:
    address = f"{cast.case(company).get_absolute_url()}files/"
    frank_client.post(address, {"files": [sent("page.html", b"<script>alert(1)</script>")]})
    answer = frank_client.get(f"{address}{CaseFile.objects.get().pk}/page.html")
    assert answer["Content-Disposition"] == 'attachment; filename="page.html"'
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_g2_where_the_storage_fails_the_upload_is_refused_and_the_list_stays_true(
    company: Cast, frank_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    address = f"{cast.case(company).get_absolute_url()}files/"
    monkeypatch.setattr(default_storage, "save", full)
    answer = frank_client.post(address, {"files": [sent("bill.pdf")]})
    assert "“bill.pdf” could not be stored, so it is not on the case" in answer.content.decode()
    assert not CaseFile.objects.exists()
    assert not FeedItem.objects.exists()
