"""What was committed since: each change once, however late its transaction ended.

IDs and times are given out before a transaction commits, so that a reader who goes by them misses
whoever commits late. Here a position is a snapshot of PostgreSQL's: changed since is what was
written by a transaction that began after it, or that was still open in it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from django.db import connection

from heliodesk.core import clock

KEPT_FOR = 600  # seconds that a change can be caught up on
OVERLAP = 10  # seconds before a page was made: a transaction that committed meanwhile
AT_ONCE = 1_000  # changes; with more of them pages read themselves anew

READ = f"""
    SELECT pg_current_snapshot()::text, (
        SELECT coalesce(json_agg(json_build_array(kind, case_id, about, detail)), '[]')::text
        FROM (SELECT * FROM ({{since}}) every LIMIT {AT_ONCE}) since
    ), pg_postmaster_start_time()
"""  # noqa: S608 - only constants are put in
SINCE_SNAPSHOT = READ.format(
    since="SELECT * FROM live_change"
    " WHERE xid >= pg_snapshot_xmax(%(since)s::text::pg_snapshot)"
    " UNION ALL SELECT * FROM live_change"
    " WHERE xid = ANY(ARRAY(SELECT pg_snapshot_xip(%(since)s::text::pg_snapshot)))"
)
SINCE_TIME = READ.format(
    since="SELECT * FROM live_change WHERE at >= to_timestamp(%(since)s::float8)"
)
NOW = READ.format(since="SELECT * FROM live_change WHERE false")
SNAPSHOT = re.compile(r"[1-9][0-9]{0,17}:[1-9][0-9]{0,17}:[0-9,]{0,4000}")


@dataclass(frozen=True, slots=True)
class Change:
    """`case`: `detail` happened to the case, as item `about` of its feed; `bell`: the notices of
    the person `about`, "new" where one came; `presence`: who looks at the case; `many`: too
    much."""

    kind: str
    case_id: int = 0
    about: int = 0
    detail: str = ""


MANY = Change("many")


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody has been told: a snapshot, taken at a time (seconds of the epoch)."""

    at: float
    snapshot: str = ""

    def __str__(self) -> str:
        return f"{self.at:.0f}/{self.snapshot}" if self.snapshot else f"{self.at:.3f}"

    @classmethod
    def read(cls, text: str) -> Position | None:
        """The position that was given out, or the time at which a page was made; None for none,
        and for nonsense."""
        at, _, snapshot = text.partition("/")
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", at):
            return None
        if snapshot and not SNAPSHOT.fullmatch(snapshot):
            return None
        return cls(float(at), snapshot)


@dataclass(frozen=True, slots=True)
class Since:
    """The changes since a position, and the position after them."""

    changes: list[Change]
    position: Position


def position() -> Position:
    """The present one."""
    return _read(NOW, {})[0].position


def since(start: Position) -> Since:
    """All changes since `start`; the single change `many` where it is too long ago to know."""
    statement = SINCE_SNAPSHOT if start.snapshot else SINCE_TIME
    asked = start.snapshot or start.at - OVERLAP
    found, database_began = _read(statement, {"since": asked})
    if start.at < max(clock.now().timestamp() - KEPT_FOR + OVERLAP, database_began):
        return Since([MANY], found.position)
    return found


def forget_old() -> None:
    """Forget what nobody catches up on any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM live_change WHERE at < clock_timestamp() - make_interval(secs => %s)",
            [KEPT_FOR],
        )


def _read(statement: str, values: dict[str, str | float]) -> tuple[Since, float]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        snapshot, rows, began = cursor.fetchall()[0]
    changes = [
        Change(kind, case_id or 0, about or 0, detail)
        for kind, case_id, about, detail in json.loads(rows)
    ]
    if len(changes) == AT_ONCE:
        changes = [MANY]
    return Since(changes, Position(clock.now().timestamp(), snapshot)), began.timestamp()
