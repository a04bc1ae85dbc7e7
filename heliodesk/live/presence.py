"""Who looks at which case, and who writes in it (K2); shared by all server processes.

A row belongs to one open page. It goes when the page is closed, and by itself when the process that
served the page is gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from heliodesk.live.stream import Stream

LOST_AFTER = 25  # seconds without a word of the process that served the page

TELL = """
    WITH news AS ({change} RETURNING case_id)
    INSERT INTO live_change (kind, case_id) SELECT DISTINCT 'presence', case_id FROM news
"""
ENTER = TELL.format(
    change="INSERT INTO live_presence (stream, case_id, user_id) VALUES (%s, %s, %s)"
)
LEAVE = TELL.format(change="DELETE FROM live_presence WHERE stream = ANY(%s::uuid[])")
LOST = TELL.format(
    change="DELETE FROM live_presence WHERE seen_at < clock_timestamp() - make_interval(secs => %s)"
)
WRITE = TELL.format(
    change="UPDATE live_presence SET writes = %(writes)s, field = %(field)s"
    " WHERE stream = %(stream)s AND user_id = %(person)s"
    " AND (writes, field) <> (%(writes)s, %(field)s)"
)
# A page whose process was thought to be gone, and was only slow, is put back.
STAY = """
    INSERT INTO live_presence (stream, case_id, user_id)
    SELECT * FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[])
    ON CONFLICT (stream) DO UPDATE SET seen_at = clock_timestamp()
"""
HERE = """
    SELECT c.id, c.number, u.id, u.name, bool_or(p.writes),
        array_agg(DISTINCT p.field) FILTER (WHERE p.field <> '')
    FROM cases_case c
    LEFT JOIN live_presence p ON p.case_id = c.id
        AND p.seen_at > clock_timestamp() - make_interval(secs => %(lost)s)
    LEFT JOIN people_user u ON u.id = p.user_id
    WHERE {key} = ANY(%(cases)s::bigint[])
    GROUP BY c.id, c.number, u.id, u.name ORDER BY u.name, u.id
"""
HERE_OF_CASES = HERE.format(key="c.id")
HERE_OF_NUMBERS = HERE.format(key="c.number")


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody who has the case open, whether they write in it, and the details which they have
    open for editing."""

    person: int
    name: str
    writes: bool
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """A case, and who looks at it, by name."""

    case: int
    number: int
    people: list[Looker]


def enter(stream: Stream) -> None:
    """This page shows its case now. This and the next three tell every process what is news."""
    _run(ENTER, [stream.id, stream.case_id, stream.actor.person_id])


def leave(streams: list[UUID]) -> None:
    """These pages are closed."""
    _run(LEAVE, [streams])


def write(stream: UUID, person: int, writes: bool, field: str = "") -> None:
    """In this page of the person they write, or no more; they have that field open, or none."""
    _run(WRITE, {"stream": stream, "person": person, "writes": writes, "field": field})


def forget_lost() -> None:
    """Forget the pages of processes that are gone."""
    _run(LOST, [LOST_AFTER])


def stay(streams: Iterable[Stream]) -> None:
    """These pages are still open."""
    rows = [(stream.id, stream.case_id, stream.actor.person_id) for stream in streams]
    if rows:
        _run(STAY, [list(column) for column in zip(*rows, strict=True)])


def here(*, cases: Iterable[int] = (), numbers: Iterable[int] = ()) -> list[Looked]:
    """Who looks at these cases, by their IDs or their numbers; also those at which nobody looks.

    Only for pages whose person may see the cases (K6).
    """
    statement, asked = (HERE_OF_CASES, list(cases)) if cases else (HERE_OF_NUMBERS, list(numbers))
    found: dict[int, Looked] = {}
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, {"cases": asked, "lost": LOST_AFTER})
        for case, number, person, name, writes, fields in cursor.fetchall():
            looked = found.setdefault(case, Looked(case, number, []))
            if person is not None:
                looked.people.append(Looker(person, name, writes, tuple(fields or ())))
    return list(found.values())


def _run(statement: str, values: list[Any] | dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
