"""Open pages without browsers and servers: what they are told is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client

from heliodesk.live.opening import seen
from heliodesk.live.signed_in import signed_in
from heliodesk.live.stream import Stream
from heliodesk.live.watch import Watch
from heliodesk.people.models import User

Told = tuple[str, dict[str, Any]]


@dataclass(eq=False)
class Line:
    """The line to one page."""

    sent: bytes = b""
    refused: int = 0
    is_ended: bool = False
    positions: list[str] = field(default_factory=list)

    def stream(self) -> Line:
        """Begin to stream."""
        return self

    def send_bytes(self, data: bytes) -> None:
        """Take what is sent."""
        self.sent += data

    def refuse(self, status: int, words: str, retry_after: int = 0) -> None:
        """Keep the refusal."""
        self.refused = status

    def ended(self) -> None:
        """Keep that it has ended."""
        self.is_ended = True

    @property
    def told(self) -> list[Told]:
        """The events so far, without what only keeps the position."""
        found = []
        for block in self.sent.decode().split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines())
            if lines.get("event", "at") != "at":
                found.append((lines["event"], json.loads(lines["data"])))
        return found

    def heard(self, event: str) -> list[dict[str, Any]]:
        """What it was told by events of that name."""
        return [data for name, data in self.told if name == event]


def session_of(user: User) -> str:
    """The key of a new session of theirs."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def page_of(user: User, **shows: Any) -> tuple[Stream, Line]:
    """A page of the user which shows that."""
    person = signed_in(session_of(user), origin="live")
    assert person is not None
    watch, case_id = seen(Watch(**shows), by=person.actor)
    line = Line()
    made = Stream(person.session, person.mark, person.actor, watch, line, line, case_id)
    return made, line
