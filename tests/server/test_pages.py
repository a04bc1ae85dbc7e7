"""Requests of granian's own interface, as WSGI has them, and answers the other way."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from heliodesk.server.rsgi.environ import FileAnswer, environ_of, read_body
from heliodesk.server.rsgi.pages import Pages

LARGEST = 2_000_000  # bytes


class Headers:
    """As granian gives them; `broken` has a value that is not ASCII."""

    def __init__(self, *pairs: tuple[str, str], broken: bool = False) -> None:
        self.pairs = pairs
        self.broken = broken

    def items(self) -> list[tuple[str, str]]:
        """All of them."""
        if self.broken:
            raise RuntimeError("failed to convert header to a str")
        return list(self.pairs)

    def keys(self) -> list[str]:
        """The names."""
        return [name for name, _ in self.pairs]

    def get(self, key: str, default: str | None = None) -> str | None:
        """The value, or None for one that cannot be read."""
        return next((value for name, value in self.pairs if name == key and value != "?"), default)


@dataclass
class Scope:
    """A request."""

    path: str = "/cases/"
    method: str = "GET"
    query_string: str = "q=1"
    headers: Headers = field(default_factory=Headers)
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "[::1]:5000"
    scheme: str = "http"


class Exchange:
    """Keeps the answer; the body comes in blocks."""

    def __init__(self, *blocks: bytes) -> None:
        self.blocks = list(blocks)
        self.answer: tuple[str, int, Any] = ("", 0, b"")

    def __aiter__(self) -> Exchange:
        return self

    async def __anext__(self) -> bytes:
        if not self.blocks:
            raise StopAsyncIteration
        return self.blocks.pop(0)

    async def __call__(self) -> bytes:
        return b"".join(self.blocks)

    async def client_disconnect(self) -> None:
        """Never."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Keep what was answered first."""
        if not self.answer[1]:
            self.answer = ("bytes", status, body)

    def response_file(self, status: int, headers: list[tuple[str, str]], file: str) -> None:
        """Keep which file was answered."""
        self.answer = ("file", status, file)

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> Any:
        """Nothing here streams."""
        raise NotImplementedError


def answered(application: Callable[..., Any], scope: Scope, exchange: Exchange) -> Any:
    """The answer of the application to the request."""
    asyncio.run(Pages(application, 1, LARGEST).answer(scope, exchange))
    return exchange.answer


def test_a_request_is_as_wsgi_wants_it() -> None:
    headers = Headers(
        ("host", "desk.example"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("content-type", "text/plain"),
        ("x_forged", "no"),
    )
    environ = environ_of(Scope(path="/people/Muñoz/", headers=headers), io.BytesIO())
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/people/Muñoz/"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert (environ["CONTENT_TYPE"], environ["REMOTE_ADDR"]) == ("text/plain", "::1")
    assert "HTTP_X_FORGED" not in environ


def test_a_header_that_is_not_plain_does_not_break_the_others() -> None:
    headers = Headers(("x-odd", "?"), ("host", "desk.example"), broken=True)
    environ = environ_of(Scope(headers=headers), io.BytesIO())
    assert (environ["HTTP_X_ODD"], environ["HTTP_HOST"]) == ("", "desk.example")


def test_a_body_comes_whole_and_a_large_one_from_disk() -> None:
    blocks = (b"a" * 700_000, b"b" * 700_000)
    body = asyncio.run(read_body(Scope(method="POST"), Exchange(*blocks), LARGEST))
    with body:
        assert body.read() == b"".join(blocks)


def test_a_body_without_an_end_is_refused_while_it_comes() -> None:
    exchange = Exchange(*[b"a" * 700_000] * 9)
    answered(application([b"never"]), Scope(method="POST"), exchange)
    _, status, words = exchange.answer
    assert status == 413
    assert b"more than the desk takes" in words
    assert len(exchange.blocks) == 6


def application(parts: Any, length: int = 0) -> Callable[..., Any]:
    """An application that answers with those parts."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        start("200 OK", [("Content-Length", str(length))])
        return parts

    return answer


def test_a_page_is_answered_at_once() -> None:
    assert answered(application([b"a", b"b"]), Scope(), Exchange()) == ("bytes", 200, b"ab")


def test_a_large_file_is_sent_from_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(b"x" * 300_000)
    parts = FileAnswer(file.open("rb"))
    found = answered(application(parts, 300_000), Scope(), Exchange())
    assert found == ("file", 200, str(file))
    assert parts.file.closed


def test_a_part_of_a_file_is_not_sent_as_the_whole(tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(b"x" * 300_000)
    with file.open("rb") as opened:
        parts = (opened.read(10_000) for _ in range(2))
        assert answered(application(parts, 20_000), Scope(), Exchange())[2] == b"x" * 20_000


def test_a_long_answer_goes_by_a_temporary_file() -> None:
    parts = (b"x" * 100_000 for _ in range(5))
    how, _, path = answered(application(parts), Scope(), Exchange())
    assert (how, Path(path).stat().st_size) == ("file", 500_000)
    Path(path).unlink()


def test_an_application_that_fails_is_answered_for(caplog: pytest.LogCaptureFixture) -> None:
    def broken(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        raise ValueError("no")

    how, status, _ = answered(broken, Scope(), Exchange())
    assert (how, status) == ("bytes", 500)
    assert "was not answered" in caplog.text
