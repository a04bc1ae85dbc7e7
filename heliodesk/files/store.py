"""Putting bytes into the desk's storage whole, and taking them out again (G2)."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage

from heliodesk.core.refusal import Refused

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that the storage has: under which key, how many, and their checksum."""

    key: str
    size: int
    sha256: str


class _Summed(File):  # type: ignore[type-arg]
    """A file that is summed up while the storage reads it, chunk by chunk."""

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        self.source = file
        self.sum = hashlib.sha256()
        self.read_bytes = 0

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The chunks, counted and summed."""
        for chunk in super().chunks(chunk_size):
            self.sum.update(chunk)
            self.read_bytes += len(chunk)
            yield chunk

    def read(self, size: int = -1) -> bytes:
        """For storages that read by themselves."""
        chunk: bytes = self.source.read(size)
        self.sum.update(chunk)
        self.read_bytes += len(chunk)
        return chunk


def put(file: Any, name: str) -> Stored:
    """Store the file whole under a random key; refuses where the storage fails, and then nothing
    stays in it."""
    key = f"cases/{uuid4().hex[:2]}/{uuid4().hex}"
    summed = _Summed(file)
    try:
        key = default_storage.save(key, summed)
        kept = default_storage.size(key)
    except Exception as error:
        # Storages fail with errors of their own: a full disk, a network, a service that refuses.
        log.exception("A file could not be stored")
        discard([key])
        raise storage_failed(name) from error
    if kept != summed.read_bytes:
        log.error("The storage kept %s of %s bytes", kept, summed.read_bytes)
        discard([key])
        raise storage_failed(name)
    return Stored(key, kept, summed.sum.hexdigest())


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
