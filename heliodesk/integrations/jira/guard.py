"""When Jira is left alone: it did not answer, or asked for a pause (J2).

All processes of the desk know it together. While it holds, nothing is sent, and whoever searches
is told at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from heliodesk.core import clock

PLACE = "jira/not-before"
AFTER_NO_ANSWER = timedelta(seconds=30)
AFTER_NO_SIGN_IN = timedelta(minutes=5)  # a wrong token tried again and again locks the account
LONGEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when nothing is sent, and why."""

    until: datetime
    why: str


def pause() -> Pause | None:
    """The pause that holds now, or None."""
    kept = cache.get(PLACE)
    if not kept:
        return None
    found = Pause(datetime.fromisoformat(kept[0]), kept[1])
    return found if found.until > clock.now() else None


def leave_alone(length: timedelta, why: str) -> Pause:
    """Begin a pause of that length, at most an hour; a longer one that holds already stays."""
    made = Pause(clock.now() + min(max(length, timedelta(seconds=1)), LONGEST), why)
    standing = pause()
    if standing is not None and standing.until > made.until:
        return standing
    cache.set(PLACE, (made.until.isoformat(), why), LONGEST.total_seconds())
    return made


def go_on() -> None:
    """End the pause: the settings have changed, or Jira has been seen answering."""
    cache.delete(PLACE)
