"""What the hub does every now and then."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from heliodesk.live import changes, presence
from heliodesk.live.changes import Position
from heliodesk.live.signed_in import check
from heliodesk.live.stream import Audience, Stream, beat, message
from heliodesk.people.access import Actor
from heliodesk.people.models import Role
from heliodesk.worklists.queries.names import slug_of
from heliodesk.worklists.queries.waiting import counts

COUNT_EVERY = 2.0  # seconds, while queues move
SWEEP_EVERY = 10.0  # seconds: who has signed out meanwhile, without any change
BEAT_EVERY = 20.0  # seconds: proxies close what is silent for a minute
FORGET_EVERY = 60.0  # seconds
LIFE = 3_600.0  # seconds of a stream; its page opens another

#: Whoever looks at every queue, for counting them once for all.
EVERY_QUEUE = Actor(user_id=0, name="", role=Role.SUPERVISOR)


@dataclass
class Rounds:
    """When what was done last."""

    queues_moved: bool = False
    done: dict[str, float] = field(default_factory=dict)

    def make(self, audience: Audience, position: Position | None) -> list[Stream]:
        """Do what is due; gives the streams whose person is signed in no more."""
        gone: list[Stream] = []
        if self.queues_moved and self._due("count", COUNT_EVERY):
            self.queues_moved = False
            gone += tell_counts(audience)
        streams = audience.streams.values()
        if self._due("sweep", SWEEP_EVERY):
            gone += check(streams)
            presence.stay([stream for stream in streams if stream.case_id])
            presence.forget_lost()
        if position and self._due("beat", BEAT_EVERY):
            for stream in streams:
                stream.send(beat(position))
        if self._due("forget", FORGET_EVERY):
            changes.forget_old()
        return gone

    def old(self, audience: Audience) -> list[Stream]:
        """The streams that have lived their life."""
        born = time.monotonic() - LIFE
        return [stream for stream in audience.streams.values() if stream.opened < born]

    def _due(self, what: str, every: float) -> bool:
        now = time.monotonic()
        if now - self.done.get(what, 0.0) < every:
            return False
        self.done[what] = now
        return True


def tell_counts(audience: Audience) -> list[Stream]:
    """Tell the pages of people with queues what waits there now (V2); gives those whose person is
    signed in no more."""
    wanting = [stream for stream in audience.streams.values() if stream.actor.queue_ids]
    if not wanting:
        return []
    gone = check(wanting)
    waiting = counts(EVERY_QUEUE).queues
    told = {f"/queues/{slug_of('queue', key)}/": queue.words for key, queue in waiting.items()}
    words = message("queues", told)
    for stream in wanting:
        if stream not in gone and stream.actor.is_support:
            stream.send(words)
    return gone
