"""The desk as granian serves it: pages by threads, live updates by the hub, on one port."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress

from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # its own name for it

from heliodesk.wsgi import application as pages  # first: it makes Django ready

# isort: split
from heliodesk.live import door
from heliodesk.live.hub import Hub
from heliodesk.server import environment
from heliodesk.server.parent import die_with_parent
from heliodesk.server.rsgi.pages import PLAIN, Pages
from heliodesk.server.rsgi.shapes import Exchange, Scope

STOP_LIMIT = 5.0  # seconds


class Desk:
    """Both, by the path that is asked for. Loaded before workers are forked, it begins in them."""

    pages: Pages
    hub: Hub

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """This worker is about to answer. It waits for open answers before it stops, so a signal
        has to end the streams too; the loop hears of the signal all the same."""
        die_with_parent()
        self.pages = Pages(pages, environment.threads(), environment.largest_body())
        self.hub = Hub()
        self.hub.start()
        for ends in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ends, lambda *_: self.hub.stop())

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """The server answers no more."""
        self.hub.join(STOP_LIMIT)

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        """Answer one request."""
        try:
            path = scope.path
        except ValueError:  # what is no UTF-8 is no address of the desk's
            exchange.response_bytes(400, PLAIN, b"This is no address of the desk.")
            return
        with suppress(ProtocolClosed):  # the browser has gone before it had sent everything
            if path == door.PATH:
                await door.answer(self.hub, scope, exchange)
            else:
                await self.pages.answer(scope, exchange)


application = Desk()
