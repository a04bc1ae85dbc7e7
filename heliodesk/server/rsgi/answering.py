"""What a WSGI application answers, given to granian so that no thread waits for the browser."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from heliodesk.server.rsgi.environ import FileAnswer
from heliodesk.server.rsgi.shapes import Exchange, Headers

AT_ONCE = 256 * 1024  # bytes of an answer that are kept in memory
KEPT_FOR = 60.0  # seconds of a temporary file: granian opens it at once, and goes on reading it


def give(exchange: Exchange, parts: Iterable[bytes], said: list[tuple[int, Headers]]) -> None:
    """Answer with the application's parts; `said` gets status and headers before the first."""
    blocks = iter(parts)
    first = next(blocks, b"")
    status, headers = said[0]
    path = _path(parts, headers)
    if path:
        exchange.response_file(status, headers, path)
        return
    begin: list[bytes] = []
    size = 0
    for block in chain((first,), blocks):
        begin.append(block)
        size += len(block)
        if size > AT_ONCE:
            exchange.response_file(status, headers, _kept(chain(begin, blocks)))
            return
    exchange.response_bytes(status, headers, b"".join(begin))


def _path(parts: Iterable[bytes], headers: Headers) -> str:
    """Where on disk the whole answer is; empty where it is not, or is only a part of the file."""
    if not isinstance(parts, FileAnswer):
        return ""
    path: Any = getattr(parts.file, "name", "")
    if not isinstance(path, str) or not path.startswith("/"):
        return ""
    length = {name.lower(): value for name, value in headers}.get("content-length", "")
    with suppress(OSError):
        if str(Path(path).stat().st_size) == length and int(length) > AT_ONCE:
            return path
    return ""


def _kept(blocks: Iterator[bytes]) -> str:
    """The path of a temporary file with the blocks, which goes by itself."""
    with tempfile.NamedTemporaryFile(prefix="heliodesk-answer-", delete=False) as file:
        file.writelines(blocks)
    timer = threading.Timer(KEPT_FOR, _forget, (file.name,))
    timer.daemon = True
    timer.start()
    return file.name


def _forget(path: str) -> None:
    Path(path).unlink(missing_ok=True)
