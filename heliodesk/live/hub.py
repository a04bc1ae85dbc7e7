"""Tells every open page of this process what has changed: one thread, one database connection.

It looks for changes a few times a second, and only while pages are open. No rule waits for it and
no rule notifies: what a rule writes is found when it has been committed. Streams hold no thread.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from uuid import UUID

from django.db import Error, connection

from heliodesk.live import changes, opening, presence
from heliodesk.live.changes import MANY, Position
from heliodesk.live.delivery import Delivery
from heliodesk.live.opening import Doorkeeper
from heliodesk.live.rounds import Rounds
from heliodesk.live.stream import Answer, Audience, Stream

log = logging.getLogger(__name__)

LOOK_EVERY = 0.2  # seconds
AFTER_TROUBLE = 1.0  # seconds
GONE_AFTER = 2.0  # seconds: a page that is only loaded anew has not gone


class Hub(Thread):
    """The streams of one process. Only its own thread touches them: others `ask` it to."""

    def __init__(self) -> None:
        super().__init__(name="live", daemon=True)
        self.audience = Audience()
        self.doorkeeper = Doorkeeper(self.audience)
        self.rounds = Rounds()
        self.by_answer: dict[Answer, Stream] = {}
        self.position: Position | None = None
        self.look_at = 0.0
        self.leaving: list[tuple[float, UUID]] = []
        self.tasks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self.stops = False

    def ask(self, task: Callable[[], None]) -> None:
        """Have the hub's thread do something soon."""
        self.tasks.put(task)

    def run(self) -> None:
        """Work until `stop`."""
        while not self.stops:
            try:
                self.turn()
            except Error as error:
                log.warning("Live updates wait for the database: %s", error)
                self.position = None
                with suppress(Error):
                    connection.close()
                time.sleep(AFTER_TROUBLE)
            except Exception:
                log.exception("Live updates: something was not told")
        self._end_all()

    def turn(self) -> None:
        """Do what was asked, and look for changes when it is time."""
        self._work_off()
        if not self.audience.streams and not self.leaving:
            self.position = None
            connection.close()
            return
        if time.monotonic() >= self.look_at and not self.stops:
            self.look_at = time.monotonic() + LOOK_EVERY
            self.look()
            self._announce_leaving()
            self._sign_out(self.rounds.make(self.audience, self.position))
            self._retire()

    def look(self) -> None:
        """Tell what was committed since the last look."""
        if self.position is None:  # after trouble with the database nobody knows what was missed
            self.position, told = changes.position(), [MANY]
        else:
            found = changes.since(self.position)
            self.position, told = found.position, found.changes
        if told:
            batch = Delivery(told, self.audience, self.position)
            self.rounds.queues_moved |= bool(batch.moved)
            self._sign_out(batch.carry_out())

    def open(self, request: opening.Request) -> None:
        """Let a stream in. Runs in the hub's thread, as all that follows."""
        try:
            if self.position is None:
                self.position = changes.position()
            stream = self.doorkeeper.admit(request)
            if stream is not None:
                self.by_answer[request.answer] = stream
                self._sign_out(opening.greet(stream, self.position))
        except Error:
            request.answer.refuse(503, "The desk cannot reach its database.", retry_after=5)
            raise

    def close(self, answer: Answer) -> None:
        """The browser has closed the stream of that answer."""
        if stream := self.by_answer.get(answer):
            self._drop(stream)

    def write(self, stream: UUID, session: str, writes: bool, field: str = "") -> None:
        """In that page somebody writes, or no more, and has that field open, or none; only its own
        person says so."""
        person = self.doorkeeper.who(session, origin="live")
        if person is not None:
            presence.write(stream, person.actor.person_id, writes, field)

    def stop(self) -> None:
        """End all streams and the thread, soon."""
        self.ask(self._end)

    def _end(self) -> None:
        self.stops = True

    def _work_off(self) -> None:
        """Do what was asked, and wait for it until it is time to look again."""
        idle = not self.audience.streams and not self.leaving
        wait = None if idle else max(self.look_at - time.monotonic(), 0.001)
        with suppress(Empty):
            self.tasks.get(timeout=wait)()
            while not self.stops:
                self.tasks.get_nowait()()

    def _sign_out(self, streams: list[Stream]) -> None:
        """End streams whose person is signed in no more, and say so."""
        for stream in streams:
            stream.send(opening.SIGNED_OUT)
            self._drop(stream)

    def _drop(self, stream: Stream) -> None:
        """Forget a stream and end it."""
        if self.audience.remove(stream):
            self.by_answer.pop(stream.answer, None)
            if stream.case_id:
                self.leaving.append((time.monotonic() + GONE_AFTER, stream.id))
            stream.end()

    def _retire(self) -> None:
        """End what has been open for long: a browser that reads no more is held no longer."""
        for stream in self.rounds.old(self.audience):
            self._drop(stream)

    def _announce_leaving(self) -> None:
        now = time.monotonic()
        left = [stream for due, stream in self.leaving if due <= now]
        if left:
            self.leaving = [each for each in self.leaving if each[0] > now]
            presence.leave(left)

    def _end_all(self) -> None:
        left = [stream.id for stream in self.audience.streams.values() if stream.case_id]
        for stream in list(self.audience.streams.values()):
            self._drop(stream)
        with suppress(Error):
            presence.leave([*left, *(stream for _, stream in self.leaving)])
            connection.close()
