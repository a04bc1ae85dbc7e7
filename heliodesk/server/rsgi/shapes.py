"""The shapes of granian's own interface (RSGI), as far as the desk uses them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Protocol

Headers = list[tuple[str, str]]


class RequestHeaders(Protocol):
    """Names in small letters; a name that came twice is there twice."""

    def items(self) -> list[tuple[str, str]]: ...
    def keys(self) -> list[str]: ...
    def get(self, key: str, default: str | None = None) -> str | None: ...


class Scope(Protocol):
    """A request. `path` is decoded, and raises where it is no UTF-8."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str

    @property
    def headers(self) -> RequestHeaders: ...


class StreamTransport(Protocol):
    """The body of an answer that goes on."""

    def send_bytes(self, data: bytes) -> object: ...


class Exchange(Protocol):
    """The body of the request, and the answer. The answers may be given from any thread."""

    def __call__(self) -> Awaitable[bytes]: ...
    def __aiter__(self) -> Exchange: ...
    def __anext__(self) -> Awaitable[bytes]: ...
    def client_disconnect(self) -> Awaitable[None]: ...
    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...
    def response_file(self, status: int, headers: Headers, file: str) -> None: ...
    def response_stream(self, status: int, headers: Headers) -> StreamTransport: ...
