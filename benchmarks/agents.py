"""Fifty agents, each of whom takes the next case once a second, until none is left (Q4)."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

from benchmarks.clients import Client, Load, summary
from heliodesk.cases.models import Case
from heliodesk.feed.models import FeedItem

NOTHING_LEFT = 409


@dataclass(frozen=True)
class Taking:
    """What came of it."""

    load: Load
    cases: int
    taken: int
    exactly_once: bool


def take_all(port: int, sessions: list[str], queue_id: int, *, every: float = 1.0) -> Taking:
    """Let an agent for each session take next `every` second, until the queue is empty."""
    waiting = set(Case.objects.filter(owner_queue=queue_id).values_list("pk", flat=True))
    before = FeedItem.objects.filter(kind="taken").count()
    times: list[float] = []
    wrong: list[int] = []
    lock = threading.Lock()

    def work(place: int) -> None:
        client, session = Client(port), sessions[place]
        due = time.monotonic() + every * place / len(sessions)
        while True:
            time.sleep(max(due - time.monotonic(), 0))
            start = time.monotonic()
            status = client.post("/queues/homeowner/next/", session, {"once": str(uuid4())})
            with lock:
                if status == NOTHING_LEFT:
                    return
                times.append(time.monotonic() - start)
                if status != 303:
                    wrong.append(status)
                    return
            due += every

    began = time.monotonic()
    with ThreadPoolExecutor(len(sessions)) as pool:
        list(pool.map(work, range(len(sessions))))
    seconds = time.monotonic() - began
    owned = Case.objects.filter(pk__in=waiting, owner_agent__isnull=False).count()
    events = FeedItem.objects.filter(kind="taken").count() - before
    once = owned == events == len(waiting) == len(times) and not wrong
    return Taking(summary(times, seconds, len(wrong)), len(waiting), owned, once)
