"""The desk as granian serves it: pages by threads, live updates by the hub, on one port."""

from __future__ import annotations

import asyncio

from heliodesk.wsgi import application as pages  # first: it makes Django ready

# isort: split
from heliodesk.live import door
from heliodesk.live.hub import Hub
from heliodesk.server import environment
from heliodesk.server.pages import PLAIN, Pages
from heliodesk.server.rsgi import Exchange, Scope


class Desk:
    """Both, by the path that is asked for."""

    def __init__(self) -> None:
        self.pages = Pages(pages, environment.threads())
        self.hub = Hub()

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """The server is about to answer."""
        self.hub.start()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """The server answers no more."""
        self.hub.stop()

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        """Answer one request."""
        try:
            path = scope.path
        except ValueError:  # what is no UTF-8 is no address of the desk's
            exchange.response_bytes(400, PLAIN, b"This is no address of the desk.")
            return
        if path == door.PATH:
            await door.answer(self.hub, scope, exchange)
        else:
            await self.pages.answer(scope, exchange)


application = Desk()
