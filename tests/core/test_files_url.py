"""HELIODESK_FILES: one variable says where files are kept."""

from __future__ import annotations

import pytest

from heliodesk.core.files_url import DISK, S3, files_storage


def test_none_is_the_disk() -> None:
    assert files_storage("") == {"BACKEND": DISK}


def test_it_names_bucket_folder_and_server() -> None:
    found = files_storage("s3://desk-files/a/b?region=eu-west-1&endpoint=https://minio.example.com")
    options = found["OPTIONS"]
    assert found["BACKEND"] == S3
    assert (options["bucket_name"], options["location"]) == ("desk-files", "a/b")
    assert options["region_name"] == "eu-west-1"
    assert options["endpoint_url"] == "https://minio.example.com"
    assert options["file_overwrite"] is False
    assert "access_key" not in options


def test_key_and_secret_may_hold_anything() -> None:
    options = files_storage("s3://AKIA1:p%2Fw%3Ad%40@desk-files")["OPTIONS"]
    assert (options["access_key"], options["secret_key"]) == ("AKIA1", "p/w:d@")


@pytest.mark.parametrize(
    "url",
    [
        "desk-files",
        "https://desk-files",
        "s3://",
        "s3://only-a-key@desk-files",
        "s3://desk-files?bucket=other",
        "s3://desk-files?endpoint=minio.example.com",
        "s3://key:secret/with/slash@desk-files",
    ],
)
def test_what_is_not_understood_says_how_and_tells_no_secret(url: str) -> None:
    with pytest.raises(ValueError, match=r"write s3://bucket") as told:
        files_storage(url)
    assert "secret/" not in str(told.value)
