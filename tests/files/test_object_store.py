"""Files in an object store that speaks S3: the same as on disk (G1, G2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from heliodesk.bulk.rules.exporting import forget_exports
from heliodesk.core.files_url import files_storage
from heliodesk.files.models import CaseFile
from heliodesk.files.rules.upload import add_files
from heliodesk.people.access import SYSTEM
from heliodesk.server.commands import doctor
from tests import cast
from tests.cast import Cast, actor

BUCKET = "desk-files"
PHOTO = b"\xff\xd8 a roof" * 1000


@pytest.fixture(autouse=True)
def _store(settings: Settings) -> Iterator[None]:
    from moto import mock_aws  # here, since every process would read it before its first test

    with mock_aws():
        client().create_bucket(Bucket=BUCKET)
        url = f"s3://key:secret@{BUCKET}/desk?region=us-east-1"
        settings.STORAGES = settings.STORAGES | {"default": files_storage(url)}
        yield


def client() -> Any:
    """Amazon's own client of the store."""
    import boto3

    return boto3.client("s3", region_name="us-east-1")


def keys() -> list[str]:
    """What the bucket holds."""
    listed = client().list_objects_v2(Bucket=BUCKET)
    return [one["Key"] for one in listed.get("Contents", [])]


@pytest.mark.django_db
def test_a_file_is_kept_in_the_bucket_and_opens_from_the_case(
    company: Cast, frank_client: Client
) -> None:
    case = cast.case(company)
    sent = SimpleUploadedFile("roof.jpg", PHOTO)
    add_files(case, uploads=[sent], by=actor(company.frank))
    photo = CaseFile.objects.get()
    assert keys() == [f"desk/{photo.stored_as}"]
    address = f"/cases/{case.number}/files/{photo.pk}/roof.jpg"
    answer = frank_client.get(address)
    assert b"".join(answer.streaming_content) == PHOTO  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Length"] == str(len(PHOTO))
    # A store without folders has nothing that is forgotten, and answers.
    assert forget_exports(by=SYSTEM) == 0
    assert doctor._files() == (True, f"files are kept in the bucket {BUCKET}")
    assert keys() == [f"desk/{photo.stored_as}"]
    default_storage.delete(photo.stored_as)
    assert "cannot be read from the storage" in frank_client.get(address).content.decode()
    answer.close()


@pytest.mark.django_db
def test_a_bucket_that_is_not_there_refuses_the_upload(company: Cast, settings: Settings) -> None:
    url = "s3://key:secret@another-bucket?region=us-east-1"
    settings.STORAGES = settings.STORAGES | {"default": files_storage(url)}
    sent = SimpleUploadedFile("roof.jpg", PHOTO)
    outcome = add_files(cast.case(company), uploads=[sent], by=actor(company.frank))
    assert [one.code for one in outcome.refused] == ["storage_failed"]
    assert not CaseFile.objects.exists()
    well, said = doctor._files()
    assert not well
    assert "files cannot be kept in the bucket another-bucket" in said
