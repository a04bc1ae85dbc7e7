"""What a request asks of the database: its statements, and the time in SQL and out of it."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from urllib.parse import unquote, urlencode

from django.core.wsgi import get_wsgi_application
from django.db import connection

from benchmarks.clients import CSRF, shown

TIMES = 10


@dataclass
class Cost:
    """Medians over `TIMES` requests, alone in this process."""

    statements: float
    in_sql: float  # milliseconds
    out_of_sql: float
    slowest: tuple[str, Any] = ("", None)  # the statement, with its parameters


@dataclass
class _Watch:
    count: int = 0
    seconds: float = 0.0
    by_statement: dict[str, tuple[float, Any]] = field(default_factory=dict)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            taken = time.perf_counter() - start
            self.count += 1
            self.seconds += taken
            self.by_statement[sql] = (taken, params)


def cost(request: Callable[[], tuple[str, str, dict[str, str] | None]]) -> Cost:
    """The cost of what `request` gives: path, session and the form's fields, None for a page."""
    application = get_wsgi_application()
    found = []
    for _ in range(TIMES):
        environ = _environ(*request())
        watch = _Watch()
        start = time.perf_counter()
        with connection.execute_wrapper(watch):
            response = application(environ, _start)
            b"".join(response)
        taken = time.perf_counter() - start
        response.close()
        found.append((watch, taken))
    watches = [watch for watch, _ in found]
    return Cost(
        statements=median(watch.count for watch in watches),
        in_sql=median(watch.seconds for watch in watches) * 1000,
        out_of_sql=median(taken - watch.seconds for watch, taken in found) * 1000,
        slowest=_slowest(watches),
    )


def _slowest(watches: list[_Watch]) -> tuple[str, Any]:
    """The statement that took longest in the median, with parameters it had."""
    last = watches[-1].by_statement

    def typical(sql: str) -> float:
        return median(watch.by_statement.get(sql, (0.0, None))[0] for watch in watches)

    worst = max(last, key=typical)
    return worst, last[worst][1]


def _start(status: str, headers: Any, error: Any = None, /) -> Callable[[bytes], object]:
    return lambda _: None


def _environ(path: str, session: str, fields: dict[str, str] | None) -> dict[str, Any]:
    body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode() if fields else b""
    header, who = shown(session)
    return {
        "REQUEST_METHOD": "GET" if fields is None else "POST",
        "PATH_INFO": unquote(path.partition("?")[0]),
        "QUERY_STRING": path.partition("?")[2],
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if fields else "",
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        f"HTTP_{header.upper()}": who,
        "HTTP_ACCEPT_ENCODING": "gzip",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
