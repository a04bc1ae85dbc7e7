"""A request of granian's own interface as WSGI wants it (PEP 3333)."""

from __future__ import annotations

import io
import sys
import tempfile
from typing import Any

from heliodesk.server.rsgi.shapes import Exchange, Scope

IN_MEMORY = 1024 * 1024  # bytes of a body; more of it goes into a temporary file
BODILESS = {"GET", "HEAD", "OPTIONS"}
ALWAYS: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "granian",
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}
#: These have names of their own in WSGI.
PLAIN = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}

Body = io.BytesIO | tempfile.SpooledTemporaryFile[bytes]


class FileAnswer:
    """What `wsgi.file_wrapper` makes: a file that is sent as it is."""

    def __init__(self, file: Any, size: int = 64 * 1024) -> None:
        self.file = file
        self.size = size

    def __iter__(self) -> FileAnswer:
        return self

    def __next__(self) -> bytes:
        block: bytes = self.file.read(self.size)
        if not block:
            raise StopIteration
        return block

    def close(self) -> None:
        """Close the file."""
        close = getattr(self.file, "close", None)
        if close is not None:
            close()


class TooLarge(Exception):
    """The body is longer than the desk takes."""


async def read_body(scope: Scope, exchange: Exchange, largest: int) -> Body:
    """The body of the request, from its beginning; raises `TooLarge` above `largest` bytes.

    It is kept before anybody knows who sends it: so it must have an end.
    """
    if scope.method in BODILESS:
        return io.BytesIO()
    body: Body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by `Pages`
    size = 0
    async for block in exchange:
        size += len(block)
        if size > largest:
            body.close()
            raise TooLarge
        body.write(block)
    body.seek(0)
    return body


def environ_of(scope: Scope, body: Body) -> dict[str, Any]:
    """The request's environ. Raises `UnicodeError` for a path that is no text."""
    environ = ALWAYS.copy()
    server, _, port = scope.server.rpartition(":")
    environ.update(
        REQUEST_METHOD=scope.method,
        # WSGI's strings hold bytes, one a character.
        PATH_INFO=scope.path.encode().decode("latin-1"),
        QUERY_STRING=scope.query_string,
        SERVER_PROTOCOL=f"HTTP/{scope.http_version}",
        SERVER_NAME=server.strip("[]"),
        SERVER_PORT=port,
        REMOTE_ADDR=scope.client.rpartition(":")[0].strip("[]"),
    )
    environ["wsgi.url_scheme"] = scope.scheme
    environ["wsgi.input"] = body
    environ["wsgi.file_wrapper"] = FileAnswer
    for name, value in _headers(scope):
        key = PLAIN.get(name) or "HTTP_" + name.replace("-", "_").upper()
        if key in environ and key not in PLAIN.values():
            value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        environ[key] = value
    return environ


def _headers(scope: Scope) -> list[tuple[str, str]]:
    """The headers, without those that are not plain ASCII where there are such, and without names
    with underscores, which could pass for others."""
    try:
        found = scope.headers.items()
    except Exception:  # granian raises an error of its own for values that are not ASCII
        found = [(name, scope.headers.get(name) or "") for name in scope.headers.keys()]  # noqa: SIM118 - granian's headers have keys and no iterator
    return [(name, value) for name, value in found if "_" not in name]
