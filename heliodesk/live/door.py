"""`/live/` as granian hands it over: a GET opens a stream, a POST says that somebody writes.

It runs in the server's event loop and holds no thread; what asks the database is left to the hub.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from urllib.parse import parse_qs
from uuid import UUID

from granian.rsgi import ProtocolError  # type: ignore[attr-defined]  # granian does not say so

from heliodesk.core.addresses import parts_of
from heliodesk.live import watch
from heliodesk.live.hub import Hub
from heliodesk.live.opening import Request
from heliodesk.live.signed_in import session_of
from heliodesk.server.rsgi.shapes import Exchange, Scope, StreamTransport

PATH = "/live/"
LONGEST = 200  # bytes of what is posted
FIELD = re.compile(r"[a-z_]{1,40}")
BODY_LIMIT = 10.0  # seconds until they are there
PLAIN = ("content-type", "text/plain; charset=utf-8")
STREAMING = [
    ("content-type", "text/event-stream; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-accel-buffering", "no"),  # nginx would wait until it has a block full
    ("x-content-type-options", "nosniff"),
]


class Streaming:
    """The answer to one who asked to be told."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.loop = asyncio.get_running_loop()
        self.end = self.loop.create_future()

    def stream(self) -> StreamTransport:
        """Begin to stream."""
        return self.exchange.response_stream(200, STREAMING)

    def refuse(self, status: int, words: str, retry_after: int = 0) -> None:
        """Answer with an error, and end."""
        retry = [("retry-after", str(retry_after))] if retry_after else []
        self.exchange.response_bytes(status, [PLAIN, *retry], words.encode())
        self.ended()

    def ended(self) -> None:
        """Nothing more comes; the answer is complete when nobody holds its transport."""
        self.loop.call_soon_threadsafe(_set, self.end)


async def answer(hub: Hub, scope: Scope, exchange: Exchange) -> None:
    """Answer a request to `/live/`; for a stream, until either side ends it."""
    session = session_of(scope.headers.get("cookie") or "")
    if scope.method == "POST":
        await _writes(hub, session, scope, exchange)
    elif scope.method == "GET":
        await _streams(hub, session, scope, exchange)
    else:
        exchange.response_bytes(405, [PLAIN, ("allow", "GET, POST")], b"")


async def _streams(hub: Hub, session: str, scope: Scope, exchange: Exchange) -> None:
    streaming = Streaming(exchange)
    wanted = watch.read(scope.query_string, scope.headers.get("last-event-id") or "")
    origin = f"live {scope.client.rpartition(':')[0]}"
    request = Request(wanted, session, origin, streaming)
    hub.ask(lambda: _open(hub, request))
    gone = asyncio.ensure_future(_disconnect(exchange))
    try:
        await asyncio.wait((gone, streaming.end), return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        hub.ask(lambda: hub.close(streaming))


def _open(hub: Hub, request: Request) -> None:
    with suppress(ProtocolError):  # the browser has left before its turn came
        hub.open(request)


async def _disconnect(exchange: Exchange) -> None:
    await exchange.client_disconnect()


async def _writes(hub: Hub, session: str, scope: Scope, exchange: Exchange) -> None:
    """`stream=…&writes=1&field=priority`; from the desk's own pages alone."""
    length = scope.headers.get("content-length") or "x"
    if not length.isdecimal() or int(length) > LONGEST or not _is_own(scope):
        exchange.response_bytes(400, [PLAIN], b"")
        return
    try:
        body = await asyncio.wait_for(_body(exchange), BODY_LIMIT)
    except TimeoutError:
        exchange.response_bytes(408, [PLAIN], b"")
        return
    said = parse_qs(body.decode("ascii", "replace"))
    try:
        stream = UUID(said.get("stream", [""])[0])
    except ValueError:
        exchange.response_bytes(400, [PLAIN], b"")
        return
    writes = said.get("writes") == ["1"]
    field = said.get("field", [""])[0]
    field = field if FIELD.fullmatch(field) else ""
    hub.ask(lambda: hub.write(stream, session, writes, field))
    exchange.response_bytes(204, [], b"")


async def _body(exchange: Exchange) -> bytes:
    return await exchange()


def _is_own(scope: Scope) -> bool:
    origin = parts_of(scope.headers.get("origin") or "").netloc
    return bool(origin) and origin == scope.headers.get("host")


def _set(end: asyncio.Future[None]) -> None:
    if not end.done():
        end.set_result(None)
