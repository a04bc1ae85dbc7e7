"""One open page, and how it is told."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID, uuid4

from heliodesk.live.changes import Position
from heliodesk.live.watch import Watch
from heliodesk.people.access import Actor


class Transport(Protocol):
    """Where the bytes of an answer go; never blocks."""

    def send_bytes(self, data: bytes) -> object: ...


class Answer(Protocol):
    """The answer that a browser waits for; its methods are called by the hub's thread."""

    def stream(self) -> Transport:
        """Begin to stream."""
        ...

    def refuse(self, status: int, words: str, retry_after: int = 0) -> None:
        """Answer with an error, and end; does nothing where there was an answer already."""
        ...

    def ended(self) -> None:
        """Nothing more comes."""
        ...


@dataclass(slots=True, eq=False)
class Stream:
    """A page of `actor` that shows `watch`. `mark` changes with the password; `case_id` is the
    watched case, 0 where there is none that the person may see (K6)."""

    session: str
    mark: str
    actor: Actor
    watch: Watch
    answer: Answer
    transport: Transport | None
    case_id: int = 0
    opened: float = field(default_factory=time.monotonic)
    id: UUID = field(default_factory=uuid4)

    def send(self, message: bytes) -> None:
        """Send a message; does nothing once the stream has ended."""
        if self.transport is not None:
            self.transport.send_bytes(message)

    def end(self) -> None:
        """End the answer; the browser sees its connection closed."""
        self.transport = None
        self.answer.ended()


def message(event: str, data: Any) -> bytes:
    """An event as it goes over the wire."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event}\ndata: {words}\n\n".encode()


def beat(position: Position) -> bytes:
    """Up to where a page has been told, so that it is told from there on when it comes back; it
    keeps a quiet connection open too, and concerns nothing on it."""
    return f"id: {position}\nevent: at\ndata: 1\n\n".encode()


class Audience:
    """Streams, and which of them concern a case, a person, a queue."""

    def __init__(self, streams: Iterable[Stream] = ()) -> None:
        self.streams: dict[UUID, Stream] = {}
        self.by_case: dict[int, set[Stream]] = {}
        self.by_person: dict[int, set[Stream]] = {}
        self.of_queues: set[Stream] = set()
        self.of_lists: set[Stream] = set()
        for stream in streams:
            self.add(stream)

    def add(self, stream: Stream) -> None:
        """Count it in."""
        self.streams[stream.id] = stream
        self.by_person.setdefault(stream.actor.person_id, set()).add(stream)
        if stream.case_id:
            self.by_case.setdefault(stream.case_id, set()).add(stream)
        if stream.watch.queue_id:
            self.of_queues.add(stream)
        if stream.watch.lists:
            self.of_lists.add(stream)

    def remove(self, stream: Stream) -> bool:
        """Forget it; False where it is gone already."""
        if self.streams.pop(stream.id, None) is None:
            return False
        for index, key in (
            (self.by_person, stream.actor.person_id),
            (self.by_case, stream.case_id),
        ):
            mine = index.get(key)
            if mine is not None:
                mine.discard(stream)
                if not mine:
                    del index[key]
        self.of_queues.discard(stream)
        self.of_lists.discard(stream)
        return True
