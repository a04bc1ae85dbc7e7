"""Another system, which the desk's requests reach: a server on this machine that keeps what it was
asked and answers as a test wants it."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]  # names in small letters
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Reply:
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Listener:
    """`answer` gives the reply to a request, or writes to the socket itself and gives None;
    `asked` is what came so far; `url` begins the addresses that lead here."""

    url: str = ""
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    answer: Callable[[Asked, socket.socket], Reply | None] = lambda asked, wire: Reply()
    ended: Event = field(default_factory=Event)

    def replies(self, status: int = 200, body: Any = None, **headers: str) -> None:
        """Every request from now on is answered so; `body` bytes, or else what becomes JSON."""
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = lambda asked, wire: Reply(status, text, named)

    def drips(self, first: bytes, then: bytes) -> None:
        """Send `first`, then `then` again and again, until the caller goes."""

        def drip(asked: Asked, wire: socket.socket) -> None:
            wire.sendall(first)
            while not self.ended.wait(0.02):
                wire.sendall(then)

        self.answer = drip


@contextmanager
def listening() -> Iterator[Listener]:
    """Another system, which listens until the end."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *words: Any) -> None:
            """Says nothing."""

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            asked = Asked(self.command, self.path, headers, body)
            listener.asked.append(asked)
            self.close_connection = True
            reply = listener.answer(asked, self.connection)
            if reply is None:
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, address: Any) -> None:
            """A caller who went away in the middle is what some tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        listener.port = server.server_port
        listener.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            listener.ended.set()
            server.shutdown()
            thread.join()
