"""Pages: the WSGI application in threads of its own, behind granian's own interface (RSGI).

What of a request is slow, its body, is read before a thread takes it, and what of an answer is
slow, a file, is sent after the thread has gone on. So a slow line holds no thread.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from queue import SimpleQueue
from typing import Any
from wsgiref.types import WSGIApplication

from heliodesk.server.rsgi.answering import give
from heliodesk.server.rsgi.environ import Body, TooLarge, environ_of, read_body
from heliodesk.server.rsgi.shapes import Exchange, Scope

log = logging.getLogger(__name__)

PLAIN = [("content-type", "text/plain; charset=utf-8")]
Work = tuple[Scope, Exchange, Body, "asyncio.Future[None]"]


class Pages:
    """Answers requests by the WSGI application, in so many threads."""

    def __init__(self, application: WSGIApplication, threads: int, largest_body: int) -> None:
        self.application = application
        self.largest_body = largest_body
        self.work: SimpleQueue[Work] = SimpleQueue()
        for number in range(threads):
            threading.Thread(target=self._run, name=f"pages-{number}", daemon=True).start()

    async def answer(self, scope: Scope, exchange: Exchange) -> None:
        """Answer the request; returns when the application has."""
        try:
            body = await read_body(scope, exchange, self.largest_body)
        except TooLarge:
            exchange.response_bytes(413, PLAIN, b"That is more than the desk takes at once.")
            return
        done = asyncio.get_running_loop().create_future()
        self.work.put((scope, exchange, body, done))
        await done

    def _run(self) -> None:
        while True:
            scope, exchange, body, done = self.work.get()
            try:
                self._answer(scope, exchange, body)
            except Exception:
                log.exception("A request was not answered")
                # Nothing happens here where an answer has been given.
                exchange.response_bytes(500, PLAIN, b"The desk could not answer.")
            done.get_loop().call_soon_threadsafe(_set, done)

    def _answer(self, scope: Scope, exchange: Exchange, body: Body) -> None:
        said: list[tuple[int, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], error: Any = None, /) -> Any:
            said[:] = [(int(status[:3]), headers)]
            return None

        with body:
            parts = self.application(environ_of(scope, body), start)
            try:
                give(exchange, parts, said)
            finally:
                close = getattr(parts, "close", None)
                if close is not None:
                    close()


def _set(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_result(None)
