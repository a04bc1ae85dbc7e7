"""Opening a stream: who asks, what they may be told, and what they missed meanwhile (K1, K6)."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace

from django.db import DataError

from heliodesk.cases.access import visible_cases
from heliodesk.live import changes, presence
from heliodesk.live.changes import MANY, Position, Since
from heliodesk.live.delivery import Delivery, shown
from heliodesk.live.signed_in import SignedIn, signed_in
from heliodesk.live.stream import Answer, Audience, Stream, beat, message
from heliodesk.live.watch import Watch
from heliodesk.people.access import Actor
from heliodesk.worklists.queries.names import key_of_slug

A_PERSON = 20  # streams in one process: tabs that are looked at
KNOWN_FOR = 15.0  # seconds; each event asks anew
SIGNED_OUT = message("end", {"why": "signed-out"})


def most_streams() -> int:
    """How many pages one process tells, in all."""
    return int(os.environ.get("HELIODESK_STREAMS", "2000"))


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks to be told."""

    watch: Watch
    session: str
    origin: str
    answer: Answer


@dataclass
class Doorkeeper:
    """Lets streams in. Who is signed in by a session is remembered for some seconds: going from
    page to page opens a stream each time."""

    audience: Audience
    known: dict[str, tuple[float, SignedIn]] = field(default_factory=dict)

    def admit(self, request: Request) -> Stream | None:
        """The stream, counted in; None where it was refused, or nobody is signed in."""
        if len(self.audience.streams) >= most_streams():
            request.answer.refuse(503, "Too many pages are open.", retry_after=60)
            return None
        person = self.who(request.session, origin=request.origin)
        if person is None:
            request.answer.stream().send_bytes(SIGNED_OUT)
            request.answer.ended()
            return None
        if len(self.audience.by_person.get(person.actor.person_id, ())) >= A_PERSON:
            request.answer.refuse(503, "You have too many pages open.", retry_after=30)
            return None
        stream = self._stream(request, person)
        self.audience.add(stream)
        return stream

    def forget(self) -> None:
        """Forget who was looked up a while ago."""
        now = time.monotonic()
        self.known = {key: kept for key, kept in self.known.items() if now - kept[0] < KNOWN_FOR}

    def who(self, session: str, *, origin: str) -> SignedIn | None:
        """Who is signed in by the session, or was some seconds ago; None for nobody."""
        self.forget()
        kept = self.known.get(session)
        found = kept[1] if kept else signed_in(session, origin=origin)
        if found and not kept:
            self.known[session] = (time.monotonic(), found)
        return found

    def _stream(self, request: Request, person: SignedIn) -> Stream:
        watch, case_id = seen(request.watch, by=person.actor)
        return Stream(
            session=person.session,
            mark=person.mark,
            actor=person.actor,
            watch=watch,
            answer=request.answer,
            transport=request.answer.stream(),
            case_id=case_id,
        )


def seen(watch: Watch, *, by: Actor) -> tuple[Watch, int]:
    """The watch without what `by` may not see (K6), and the ID of its case, or 0."""
    if not by.is_support:
        rows = visible_cases(by).filter(number__in=watch.rows).values_list("number", flat=True)
        watch = replace(watch, rows=frozenset(rows) if watch.rows else frozenset())
    elif watch.queue:
        watch = replace(watch, queue_id=key_of_slug("queue", watch.queue) or 0)
    if not watch.case:
        return watch, 0
    found = visible_cases(by).filter(number=watch.case).values_list("pk", flat=True).first()
    return watch, found or 0


def greet(stream: Stream, now: Position) -> list[Stream]:
    """Tell a new stream its name, what was missed, and who looks at what it shows; gives it back
    where its person is signed in no more."""
    start, gone = stream.watch.since, []
    stream.send(message("hello", {"stream": str(stream.id)}) + beat(now))
    if start is not None:
        missed = missed_since(start)
        gone = Delivery(missed.changes, Audience([stream]), missed.position).carry_out()
    if stream.case_id:
        presence.enter(stream)
    person = stream.actor.person_id
    for looked in presence.here(numbers=stream.watch.rows):
        if any(one.person != person for one in looked.people):
            stream.send(message("here", shown(looked, person)))
    return gone


def missed_since(start: Position) -> Since:
    """The changes since then; everything, where no such position was ever given out."""
    try:
        return changes.since(start)
    except DataError:
        return Since([MANY], changes.position())
