"""Open pages without browsers: streams on `/live/`, in one thread, and when each post came."""

from __future__ import annotations

import asyncio
import re
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.clients import cookie

MARK = re.compile(rb"bench-mark-([0-9]+)")
AT_ONCE = 50  # streams that are opened at a time
LINE = 2**20  # bytes of the longest line
OPEN_LIMIT = 120.0  # seconds


class Watchers:
    """`wanted` holds a session and a case number for each stream; `came` the moments at which each
    marked post came, over all streams."""

    def __init__(self, port: int, wanted: list[tuple[str, int]]) -> None:
        self.port = port
        self.wanted = wanted
        self.opened = 0
        self.refused = 0
        self.lost = 0
        self.came: dict[int, list[float]] = {}
        self.ready = threading.Event()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.ends = asyncio.Event()

    def _run(self) -> None:
        self.loop.run_until_complete(self._all())

    async def _all(self) -> None:
        gate = asyncio.Semaphore(AT_ONCE)
        tasks = [asyncio.create_task(self._one(*wanted, gate)) for wanted in self.wanted]
        await self.ends.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, session: str, number: int, gate: asyncio.Semaphore) -> None:
        async with gate:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=LINE)
            writer.write(
                f"GET /live/?case={number}&ago=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Accept: text/event-stream\r\nCookie: {cookie(session)}\r\n\r\n".encode()
            )
            status = await reader.readline()
            good = b" 200 " in status
            while good and b"event: hello" not in await reader.readline():
                pass
            self.opened += good
            self.refused += not good
            if self.opened + self.refused == len(self.wanted):
                self.ready.set()
        if not good:
            writer.close()
            return
        try:
            while line := await reader.readline():
                if b"bench-mark-" in line:
                    now = time.monotonic()
                    for mark in set(MARK.findall(line)):
                        self.came.setdefault(int(mark), []).append(now)
            self.lost += 1
        finally:
            writer.close()


@contextmanager
def watching(port: int, wanted: list[tuple[str, int]]) -> Iterator[Watchers]:
    """Inside, all these streams are open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < len(wanted) + 200:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(len(wanted) + 500, hard), hard))
    watchers = Watchers(port, wanted)
    watchers.thread.start()
    if not watchers.ready.wait(OPEN_LIMIT):
        raise SystemExit(f"Only {watchers.opened} of {len(wanted)} streams opened.")
    try:
        yield watchers
    finally:
        watchers.loop.call_soon_threadsafe(watchers.ends.set)
        watchers.thread.join(20)
