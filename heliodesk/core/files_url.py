"""Where files are kept, in one variable: HELIODESK_FILES, as DATABASE_URL is for the database."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

DISK = "django.core.files.storage.FileSystemStorage"
S3 = "storages.backends.s3.S3Storage"
#: What may stand behind the question mark.
KNOWN = {"region", "endpoint", "addressing"}
SPOOLED = 5 * 1024 * 1024  # bytes of a file in memory; more goes through a temporary file
HOW = (
    "HELIODESK_FILES is not understood: write s3://bucket or s3://bucket/folder, key:secret@ "
    "before the bucket unless the environment has them (with %2F for /), and ?region=…, "
    "?endpoint=https://… (another server than Amazon's) or ?addressing=path behind it."
)


def files_storage(url: str) -> dict[str, Any]:
    """Django's storage of files that `url` says: `s3://key:secret@bucket/folder?region=…`, or the
    disk for none. Raises `ValueError` for another, without its secret.

    Without key and secret, boto3 looks where all programs of Amazon's look (AWS_ACCESS_KEY_ID, a
    profile, the machine's own role).
    """
    if not url:
        return {"BACKEND": DISK}
    try:
        parts = urlsplit(url)
        port = parts.port  # which is none where a secret has a / in it
        more = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise ValueError(HOW) from None  # which may say a part of the secret
    endpoint = more.get("endpoint", "https://")
    sound = endpoint.startswith(("http://", "https://")) and not set(more) - KNOWN
    if parts.scheme != "s3" or not _bucket(parts) or port or not sound:
        raise ValueError(HOW)
    if bool(parts.username) != bool(parts.password):
        raise ValueError(HOW)
    return {"BACKEND": S3, "OPTIONS": _options(parts, more)}


def _options(parts: SplitResult, more: dict[str, str]) -> dict[str, Any]:
    from botocore.config import Config  # only who uses it pays for it

    options: dict[str, Any] = {
        "bucket_name": _bucket(parts),
        "location": unquote(parts.path).strip("/"),
        "region_name": more.get("region"),
        "endpoint_url": more.get("endpoint"),
        # A stored file never changes: one is never written over another.
        "file_overwrite": False,
        "default_acl": None,
        "max_memory_size": SPOOLED,
        "client_config": Config(
            signature_version="s3v4",
            s3={"addressing_style": more.get("addressing", "auto")},
            # Somebody waits for it: refuse (G2) before they have gone.
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 3},
            # Other servers than Amazon's do not all know the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    }
    if parts.username and parts.password:
        options["access_key"] = unquote(parts.username)
        options["secret_key"] = unquote(parts.password)
    return {name: value for name, value in options.items() if value is not None}


def _bucket(parts: SplitResult) -> str:
    """Bucket names are lower case, so nothing is lost by `urlsplit`."""
    return parts.hostname or ""
