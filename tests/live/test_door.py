"""What strangers send to `/live/` holds nothing and breaks nothing (K1)."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from granian.rsgi import ProtocolError  # type: ignore[attr-defined]  # granian does not say so

from heliodesk.live import door
from heliodesk.live.hub import Hub
from heliodesk.live.opening import Request
from tests.server.test_pages import Exchange, Headers, Scope

OWN = (("origin", "http://desk.example.com"), ("host", "desk.example.com"))


class Stalled(Exchange):
    """Announces a body that never comes."""

    async def __call__(self) -> bytes:
        await asyncio.sleep(60)
        return b""


class Leaving(Exchange):
    """Of a browser that has left."""

    async def client_disconnect(self) -> None:
        """At once."""


def posted(exchange: Exchange, *headers: tuple[str, str]) -> tuple[int, int]:
    """The status, and what the hub was asked to do."""
    hub = Hub()
    scope = Scope(path="/live/", method="POST", headers=Headers(*headers))
    asyncio.run(door.answer(hub, cast("Any", scope), cast("Any", exchange)))
    return exchange.answer[1], hub.tasks.qsize()


def test_a_body_that_never_comes_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "BODY_LIMIT", 0.05)
    assert posted(Stalled(), *OWN, ("content-length", "20")) == (408, 0)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ((("content-length", "8"),), b"stream=1"),
        (((*OWN[0],), ("host", "other.example.com"), ("content-length", "8")), b"stream=1"),
        ((("origin", "http://["), ("host", "["), ("content-length", "8")), b"stream=1"),
        ((*OWN, ("content-length", "8")), b"stream=1"),
        ((*OWN, ("content-length", "999999999999999999999")), b""),
        ((*OWN, ("content-length", "-1")), b""),
        (OWN, b""),
    ],
)
def test_what_is_not_the_pages_own_is_a_bad_request(
    headers: tuple[tuple[str, str], ...], body: bytes
) -> None:
    assert posted(Exchange(body), *headers) == (400, 0)


def test_who_left_before_their_turn_is_no_trouble() -> None:
    class Full(Hub):
        def open(self, request: Request) -> None:
            raise ProtocolError

    async def left() -> int:
        hub, exchange = Full(), Leaving()
        scope = Scope(path="/live/", method="GET", headers=Headers())
        await door.answer(hub, cast("Any", scope), cast("Any", exchange))
        asked = hub.tasks.qsize()
        hub.tasks.get_nowait()()
        return asked

    assert asyncio.run(left()) == 2
