"""Taking uploads in: always onto disk, and never more of a file than the limit (G1)."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest

from heliodesk.people.models import DeskSettings


class SpoolToLimit(TemporaryFileUploadHandler):
    """Writes each file into a temporary one, and lets the rest of one over the limit go by.

    Such a file keeps its true size, by which the rule refuses it.
    """

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.limit = limit

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write what is within the limit."""
        if start + len(raw_data) <= self.limit:
            return super().receive_data_chunk(raw_data, start)
        return None


def spool(request: HttpRequest) -> None:
    """Have the files of this request spooled; before anything reads its POST."""
    limit = DeskSettings.current().file_size_limit
    handlers: list[Any] = [SpoolToLimit(request, limit)]
    request.upload_handlers = handlers
