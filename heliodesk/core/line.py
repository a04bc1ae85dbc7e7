"""The connection of one outgoing request: where it may go, and its end in time.

The libraries' time-outs are for each read, and begin anew with every byte: a server that drips
holds its caller for days. So the exchange runs in a thread of its own, and when the time is over
the socket is shut, wherever the thread waits.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import Lock, Thread
from typing import Any, TypeVar

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool

from heliodesk.core import reachable

R = TypeVar("R")


class OutOfTimeError(Exception):
    """The time is over."""


class Line:
    """The way of one request: `private` lets it go into the own network, `seconds` is its time."""

    def __init__(self, *, private: bool, seconds: float) -> None:
        self.private = private
        self.seconds = seconds
        self._lock = Lock()
        self._is_cut = False
        self._handle: socket.socket | None = None

    def within_time(self, act: Callable[[], R]) -> R:
        """What `act` gives or fails with; `OutOfTimeError` when the time is over."""
        future: Future[R] = Future()
        Thread(target=_fulfil, args=(future, act), daemon=True).start()
        done = False
        try:
            result = future.result(self.seconds)
            done = True
            return result
        except TimeoutError as error:
            if future.done():
                raise
            raise OutOfTimeError from error
        finally:
            self._cut(shut=not done)

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to `host`, at one of the addresses that were judged."""
        failed: OSError | None = None
        judged = reachable.addresses(host, port, private=self.private)
        for address in judged:
            share = self.seconds / len(judged)
            try:
                connected = socket.create_connection((str(address), port), share)
            except OSError as error:
                failed = error
                continue
            connected.settimeout(self.seconds)
            self._hold(connected)
            return connected
        raise failed or OSError(f"no address is known for {host}")

    def _hold(self, connected: socket.socket) -> None:
        """Keep a second handle on the connection: TLS takes the first one over."""
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            if self._is_cut:
                connected.close()
                raise OSError("the time is over")
            self._handle = connected.dup()

    def _cut(self, *, shut: bool) -> None:
        with self._lock:
            self._is_cut = True
            if self._handle is None:
                return
            if shut:
                with contextlib.suppress(OSError):  # it was closed by the other side
                    self._handle.shutdown(socket.SHUT_RDWR)
            self._handle.close()
            self._handle = None


class Door(HTTPAdapter):
    """Lets the requests of a session out by one line only."""

    def __init__(self, line: Line) -> None:
        self.line = line
        super().__init__(max_retries=0)

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> HTTPConnectionPool:
        """The pool, whose connections go by the line. Host and TLS name stay the address's own."""
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        kind = _SafeConnection if pool.scheme == "https" else _Connection
        pool.ConnectionCls = partial(kind, line=self.line)  # type: ignore[assignment]  # called like the class
        return pool


class _Connection(HTTPConnection):
    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._line = line

    def _new_conn(self) -> socket.socket:
        return self._line.connect(self._dns_host, self.port)


class _SafeConnection(HTTPSConnection):
    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._line = line

    def _new_conn(self) -> socket.socket:
        return self._line.connect(self._dns_host, self.port)


def _fulfil(future: Future[R], act: Callable[[], R]) -> None:
    try:
        future.set_result(act())
    except BaseException as error:
        future.set_exception(error)
