"""An Engine that keeps the contract of docs/engine.md, until a test wants it not to."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from examples.engine import contract
from examples.engine.contract import Request
from examples.engine.store import Store
from tests.listener import Asked, Listener, Reply, listening

TOKEN = "tok-55e1"
JOBS = [
    {"id": "J-77", "name": "Maria Delgado, Fresno", "phase": "INSTALL", "installer": "Brightfield"},
    {"id": "J-78", "name": "Tom Okafor, Fresno", "phase": "OPS", "installer": "Brightfield"},
]

#: Instead of the honest reply, which it gets; None where it has written, or hung up, itself.
Fault = Callable[[Reply, socket.socket], Reply | None]


@dataclass
class FakeEngine:
    """`faults` spoil an answer each, after Engine did what it was asked; `refusals` answer in its
    place, so that it did not."""

    store: Store
    listener: Listener
    faults: list[Fault] = field(default_factory=list)
    refusals: list[Reply] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"{self.listener.url}/api"

    @property
    def asked(self) -> list[Asked]:
        return self.listener.asked

    def comments(self, job_id: str) -> list[str]:
        """What the job's feed says, newest first."""
        return [entry["text"] for entry in self.store.feed(job_id) if entry["text"]]

    def keys(self) -> list[str]:
        """The keys that were sent, in turn."""
        return [one.headers["idempotency-key"] for one in self.asked if one.method == "POST"]

    def answer(self, asked: Asked, wire: socket.socket) -> Reply | None:
        if self.refusals:
            return self.refusals.pop(0)
        reply = self._honest(asked)
        return self.faults.pop(0)(reply, wire) if self.faults else reply

    def _honest(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return said(HTTPStatus.UNAUTHORIZED, {"error": "unknown_token", "message": "Who?"})
        parts = urlsplit(asked.path)
        assert parts.path.startswith("/api/")
        if asked.method == "POST":
            assert asked.headers["content-type"] == "application/json"
            assert set(asked.json()) == {"text", "private"}
        key = asked.headers.get("idempotency-key", "")
        params = dict(parse_qsl(parts.query))
        path = parts.path.removeprefix("/api")
        return said(
            *contract.answer(Request(asked.method, path, params, key, asked.body), self.store)
        )


def said(status: int, body: Any, **headers: str) -> Reply:
    """A reply in JSON; `Retry_After="9"` is a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, json.dumps(body).encode(), {"Content-Type": "application/json", **named})


def hangs_up(reply: Reply, wire: socket.socket) -> None:
    """Engine dies before it has answered."""
    wire.shutdown(socket.SHUT_RDWR)


@contextmanager
def fake_engine(folder: Path) -> Iterator[FakeEngine]:
    """An Engine that knows `JOBS`."""
    jobs = folder / "jobs.json"
    jobs.write_text(json.dumps({"jobs": [job | {"entries": []} for job in JOBS]}))
    store = Store(folder / "engine.sqlite3")
    store.fill(jobs)
    with listening() as listener:
        engine = FakeEngine(store, listener)
        listener.answer = engine.answer
        yield engine
