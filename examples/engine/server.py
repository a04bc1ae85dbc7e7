"""The contract under `/api` and the pages beside it, on one port."""

from __future__ import annotations

import hmac
import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from examples.engine import contract, pages
from examples.engine.contract import Answer, Request
from examples.engine.store import Store

INTERFACE = "/api"
LONGEST_BODY = 64 * 1024
UNKNOWN: Answer = (
    HTTPStatus.UNAUTHORIZED,
    {"error": "unknown_token", "message": "Send Authorization: Bearer with a token of Engine's."},
)


class EngineServer(ThreadingHTTPServer):
    """Listens at once; answers each request in a thread of its own."""

    daemon_threads = True

    def __init__(self, host: str, port: int, *, store: Store, token: str) -> None:
        super().__init__((host, port), Handler)
        self.store = store
        self.token = token

    @property
    def address(self) -> str:
        """Where the interface begins."""
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}{INTERFACE}"


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: EngineServer
    protocol_version = "HTTP/1.1"
    server_version = "ExampleEngine"
    sys_version = ""
    timeout = 30  # seconds for a connection that says nothing

    def do_GET(self) -> None:
        """Read something."""
        self._answer(b"")

    def do_POST(self) -> None:
        """Leave a comment."""
        length = self.headers.get("Content-Length", "")[:9]
        if not (length.isascii() and length.isdigit()) or int(length) > LONGEST_BODY:
            self.close_connection = True
            self._send_json((HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": "too_large"}))
            return
        self._answer(self.rfile.read(int(length)))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request."""

    def _answer(self, body: bytes) -> None:
        asked = urlsplit(self.path)
        params = dict(parse_qsl(asked.query))
        if asked.path.startswith(f"{INTERFACE}/"):
            path = asked.path.removeprefix(INTERFACE)
            key = self.headers.get("Idempotency-Key", "")
            self._send_json(self._by_contract(Request(self.command, path, params, key, body)))
        elif self.command == "GET":
            self._send_page(asked.path, params.get("q", ""))
        else:
            self._send_json((HTTPStatus.NOT_FOUND, {"error": "unknown_path"}))

    def _by_contract(self, request: Request) -> Answer:
        said = self.headers.get("Authorization", "").encode()
        if not hmac.compare_digest(said, f"Bearer {self.server.token}".encode()):
            return UNKNOWN
        return contract.answer(request, self.server.store)

    def _send_page(self, path: str, asked: str) -> None:
        store = self.server.store
        job = store.job(unquote(path.removeprefix("/feed/"))) if path.startswith("/feed/") else None
        if path == "/":
            self._send(HTTPStatus.OK, "text/html", pages.front(store, asked))
        elif job is not None:
            self._send(HTTPStatus.OK, "text/html", pages.feed(store, job))
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/html", pages.missing(path))

    def _send_json(self, answer: Answer) -> None:
        status, said = answer
        self._send(status, "application/json", json.dumps(said, ensure_ascii=False))

    def _send(self, status: HTTPStatus, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)
