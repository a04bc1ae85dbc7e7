"""Files on the screen: put there, refused by name, opened so that nothing in them runs (G, K6)."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case
from heliodesk.core.models import FormSent
from heliodesk.files.models import CaseFile
from heliodesk.files.rules.upload import add_files
from heliodesk.files.spool import SpoolToLimit
from heliodesk.files.views import files as views
from heliodesk.people.models import DeskSettings
from heliodesk.web.submit import carry_out
from tests import cast
from tests.cast import Cast, actor
from tests.files.storage import stored_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


@pytest.fixture
def case(company: Cast) -> Case:
    """Frank's case."""
    return cast.case(company)


def sent(name: str, content: bytes = b"Light") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def upload(client: Client, case: Case, *files: SimpleUploadedFile, token: str = "") -> Any:
    """Send the form."""
    fields = {"files": list(files), "once": token or str(uuid4())}
    return client.post(f"{case.get_absolute_url()}files/", fields)


def opened(client: Client, company: Cast, case: Case, name: str, content: bytes) -> Any:
    """Put a file on the case, and open it."""
    add_files(case, uploads=[sent(name, content)], by=actor(company.bea))
    file = CaseFile.objects.get()
    return client.get(f"{case.get_absolute_url()}files/{file.pk}/{name}")


def test_files_are_put_on_a_case(case: Case, frank_client: Client) -> None:
    answer = upload(frank_client, case, sent("a.pdf"), sent("b.txt"))
    assert answer.status_code == HTTPStatus.SEE_OTHER
    page = frank_client.get(answer["Location"]).content.decode()
    assert "a.pdf" in page
    assert "b.txt" in page


def test_limit_and_types_are_named_before(case: Case, frank_client: Client) -> None:
    DeskSettings.objects.create(pk=1, file_size_limit_mb=7, refused_file_types="exe BAT .msi")
    page = frank_client.get(f"{case.get_absolute_url()}files/").content.decode()
    assert "Up to 7 MB each. Not taken: .bat, .exe, .msi" in page
    assert 'data-limit="7340032" data-refused="bat exe msi"' in page


def test_of_several_the_refused_are_named_and_the_good_stored(
    case: Case, frank_client: Client
) -> None:
    answer = upload(frank_client, case, sent("a.pdf"), sent("b.exe"), sent("c.txt", b""))
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "2 of 3 files not stored" in page
    assert "“b.exe” is of a type that is not taken" in page
    assert "“c.txt” is empty" in page
    assert 'href="/guide/#G1"' in page
    assert list(CaseFile.objects.values_list("name", flat=True)) == ["a.pdf"]


def test_a_form_without_files_says_so(case: Case, frank_client: Client) -> None:
    answer = upload(frank_client, case)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose a file first" in answer.content.decode()


def test_files_sent_twice_are_there_once(case: Case, frank_client: Client) -> None:
    token = str(uuid4())
    for _ in range(2):
        answer = upload(frank_client, case, sent("a.pdf"), token=token)
        assert answer.status_code == HTTPStatus.SEE_OTHER
    assert CaseFile.objects.count() == 1


def test_other_files_with_the_same_token_are_not_passed_over(
    case: Case, frank_client: Client
) -> None:
    token = str(uuid4())
    for name in ("a.pdf", "b.pdf"):
        upload(frank_client, case, sent(name), token=token)
    assert CaseFile.objects.count() == 2


def test_only_refused_files_may_be_sent_again(case: Case, frank_client: Client) -> None:
    token = str(uuid4())
    for _ in range(2):
        answer = upload(frank_client, case, sent("a.exe"), token=token)
        assert "is of a type that is not taken" in answer.content.decode()


def test_nothing_stays_in_the_storage_when_the_form_fails_later(
    case: Case, frank_client: Client, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        carry_out(*args, **kwargs)
        raise RuntimeError("the connection was lost at commit")

    monkeypatch.setattr(views, "carry_out", fails)
    with pytest.raises(RuntimeError):
        upload(frank_client, case, sent("a.pdf"))
    assert stored_files(storage) == []


def test_uploads_go_to_the_disk_and_end_at_the_limit(
    company: Cast, case: Case, frank_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    DeskSettings.objects.create(pk=1, file_size_limit_mb=1)
    seen: list[tuple[type, int, int]] = []
    complete = SpoolToLimit.file_complete

    def watch(self: SpoolToLimit, size: int) -> Any:
        file = complete(self, size)
        assert file is not None
        spooled = Path(file.temporary_file_path()).stat().st_size  # type: ignore[attr-defined]
        seen.append((type(file), size, spooled))
        return file

    monkeypatch.setattr(SpoolToLimit, "file_complete", watch)
    answer = upload(frank_client, case, sent("a.bin", b"x" * 3_000_000), sent("b.txt", b"small"))
    assert [kind for kind, _, _ in seen] == [TemporaryUploadedFile] * 2
    assert [size for _, size, _ in seen] == [3_000_000, 5]
    assert seen[0][2] <= 1024 * 1024
    assert "has 2.9 MB, and the limit is 1 MB" in answer.content.decode()
    assert list(CaseFile.objects.values_list("name", flat=True)) == ["b.txt"]


def test_a_forged_form_is_refused(company: Cast, case: Case) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(company.frank)
    assert upload(strict, case, sent("a.pdf")).status_code == HTTPStatus.FORBIDDEN
    assert not CaseFile.objects.exists()


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.xml", "a.unknown", "a"])
def test_what_could_run_is_downloaded(
    company: Cast, case: Case, frank_client: Client, name: str
) -> None:
    answer = opened(frank_client, company, case, name, b"<script>alert(1)</script>")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("name", "kind"), [("roof.PNG", "image/png"), ("bill.pdf", "application/pdf")]
)
def test_an_image_and_a_pdf_are_shown_and_still_cannot_run(
    company: Cast, case: Case, frank_client: Client, name: str, kind: str
) -> None:
    answer = opened(frank_client, company, case, name, b"<script>")
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_what_is_shown_opens_in_a_tab_of_its_own(
    company: Cast, case: Case, frank_client: Client
) -> None:
    files = [sent("bill.pdf"), sent("numbers.csv")]
    add_files(case, uploads=files, by=actor(company.bea))
    page = frank_client.get(f"{case.get_absolute_url()}files/").content.decode()
    assert 'bill.pdf" hx-boost="false" target="_blank" rel="noopener">bill.pdf<' in page
    assert 'numbers.csv" hx-boost="false">numbers.csv<' in page


def test_it_is_asked_for_each_time_and_sent_when_it_is_not_there(
    company: Cast, case: Case, frank_client: Client
) -> None:
    answer = opened(frank_client, company, case, "roof.png", b"Light")
    address = answer.request["PATH_INFO"]
    assert answer["Cache-Control"] == "private, no-cache"
    tag = {"If-None-Match": answer["ETag"]}
    assert frank_client.get(address, headers=tag).status_code == HTTPStatus.NOT_MODIFIED
    frank_client.logout()
    assert frank_client.get(address, headers=tag).status_code == HTTPStatus.FOUND
    answer.close()


def test_a_name_in_any_script_survives(company: Cast, case: Case, frank_client: Client) -> None:
    add_files(case, uploads=[sent("Rechnung №5 größe?.pdf")], by=actor(company.bea))
    page = frank_client.get(f"{case.get_absolute_url()}files/").content.decode()
    address = page.split('class="files__file"')[1].split('href="')[1].split('"')[0]
    answer = frank_client.get(address)
    assert "filename*=utf-8''Rechnung%20%E2%84%965" in answer["Content-Disposition"]
    answer.close()


def test_a_file_that_the_storage_lost_stays_in_the_list(
    company: Cast, case: Case, frank_client: Client
) -> None:
    add_files(case, uploads=[sent("a.pdf")], by=actor(company.bea))
    file = CaseFile.objects.get()
    default_storage.delete(file.stored_as)
    answer = frank_client.get(f"{case.get_absolute_url()}files/{file.pk}/a.pdf")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "cannot be read from the storage just now" in answer.content.decode()
    assert "a.pdf" in frank_client.get(f"{case.get_absolute_url()}files/").content.decode()


def test_an_outsider_finds_nothing(company: Cast, case: Case, client: Client) -> None:
    add_files(case, uploads=[sent("a.pdf")], by=actor(company.bea))
    client.force_login(company.oscar)
    file = CaseFile.objects.get()
    address = f"{case.get_absolute_url()}files/"
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"{address}{file.pk}/a.pdf").status_code == HTTPStatus.NOT_FOUND
    assert upload(client, case, sent("b.pdf")).status_code == HTTPStatus.NOT_FOUND
    assert CaseFile.objects.count() == 1
    assert not FormSent.objects.exists()


def test_a_file_is_found_only_on_its_own_case(
    company: Cast, case: Case, frank_client: Client
) -> None:
    add_files(case, uploads=[sent("a.pdf")], by=actor(company.bea))
    other = cast.case(company).get_absolute_url()
    answer = frank_client.get(f"{other}files/{CaseFile.objects.get().pk}/a.pdf")
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_the_page_asks_little(
    company: Cast,
    case: Case,
    frank_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for at in range(5):
        add_files(case, uploads=[sent(f"{at}.pdf")], by=actor(company.bea))
    with django_assert_max_num_queries(8):
        frank_client.get(f"{case.get_absolute_url()}files/")
