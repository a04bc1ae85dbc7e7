"""What an open page shows, and so what it is told about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from heliodesk.core import clock
from heliodesk.core.numbers import whole
from heliodesk.live.changes import Position

LONGEST = 6_000  # characters of a question: a position may name many open transactions
MOST_CASES = 200  # rows of a list


@dataclass(frozen=True, slots=True)
class Watch:
    """A case by its number, a queue by its slug, a list that reads itself anew (My desk, a
    department's), the query text of a list's filter, the numbers of the cases in its rows, and what
    the page knows already.
    `queue_id` is known once it has been asked whether the person may see it."""

    case: int = 0
    queue: str = ""
    queue_id: int = 0
    lists: bool = False
    filter: str = ""
    rows: frozenset[int] = frozenset()
    since: Position | None = None


def read(question: str, last_event: str = "") -> Watch:
    """The watch that the question of `/live/` asks for; what is unreadable in it is left out.

    `last_event` is what the browser was told last, on a connection that broke.
    """
    asked = {key: values[-1] for key, values in parse_qs(question[:LONGEST]).items()}
    rows = (whole(number) for number in asked.get("rows", "").split(".")[:MOST_CASES])
    return Watch(
        case=whole(asked.get("case", "")) or 0,
        queue=asked.get("queue", ""),
        lists="list" in asked,
        filter=asked.get("filter", ""),
        rows=frozenset(number for number in rows if number),
        since=Position.read(last_event)
        or Position.read(asked.get("since", ""))
        or _made(asked.get("ago", "")),
    )


def _made(ago: str) -> Position | None:
    """The time at which a page was made that says how many seconds ago; None for nonsense."""
    if not re.fullmatch(r"[0-9]{1,8}(\.[0-9]{1,3})?", ago):
        return None
    return Position(clock.now().timestamp() - float(ago))
