"""Putting bytes into the desk's storage whole, and taking them out again (G2)."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.files.storage import default_storage

from heliodesk.core.refusal import Refused

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that the storage has: under which key, how many, and their checksum."""

    key: str
    size: int
    sha256: str


def put(file: Any, name: str) -> Stored:
    """Store the file whole under a random key; refuses where the storage fails, and then nothing
    stays in it."""
    key = f"cases/{uuid4().hex[:2]}/{uuid4().hex}"
    size, sha256 = summed_up(file)
    try:
        key = default_storage.save(key, file)
        kept = default_storage.size(key)
    except Exception as error:
        # Storages fail with errors of their own: a full disk, a network, a service that refuses.
        log.exception("A file could not be stored")
        discard([key])
        raise storage_failed(name) from error
    if kept != size:
        log.error("The storage kept %s of %s bytes", kept, size)
        discard([key])
        raise storage_failed(name)
    return Stored(key, size, sha256)


def summed_up(file: Any) -> tuple[int, str]:
    """How many bytes the file has, and their checksum, read in chunks."""
    size, checksum = 0, hashlib.sha256()
    for chunk in file.chunks():
        size += len(chunk)
        checksum.update(chunk)
    file.seek(0)
    return size, checksum.hexdigest()


def discard(keys: Iterable[str]) -> None:
    """Take the files out of the storage; what cannot be taken out now is left to `tidy`."""
    for key in keys:
        try:
            default_storage.delete(key)
        except Exception:
            log.exception("A file without a row stays in the storage: %s", key)


def storage_failed(name: str) -> Refused:
    """What is said when the storage fails."""
    return Refused(
        "storage_failed",
        f"“{name}” could not be stored, so it is not on the case. "
        "Try again in a few minutes; if it fails again, tell an administrator.",
        rule="G2",
        field="files",
    )
