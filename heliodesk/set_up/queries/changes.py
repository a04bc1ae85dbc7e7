"""The record of changes, newest first, page by page (K4)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.set_up.queries.change_words import Said, in_words, thing, told

PAGE = 50
LONGEST = "4000"  # milliseconds that PostgreSQL may take

READ = """
    SELECT e.id, e.at, e.origin, e.kind, e.subject_kind, e.subject_id, e.changes::text,
        coalesce(u.name, 'Heliodesk'), c.number
    FROM core_auditentry e
    LEFT JOIN people_user u ON u.id = e.by_id
    LEFT JOIN cases_case c ON e.subject_kind = 'case' AND c.id = e.subject_id
    WHERE {where}
    ORDER BY e.at DESC, e.id DESC LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry, in words; `url` leads to what it is about, where that has an address."""

    id: int
    at: datetime
    who: str
    what: str
    of: str
    url: str
    origin: str
    said: list[Said]


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of them, and where the next one begins ("" for none)."""

    rows: list[Change]
    older: str


def changes(wanted: Mapping[str, Any], before: str = "") -> Changes:
    """The entries that the filter wants, from `before` on; two statements.

    Refuses where finding them takes too long.
    """
    where, values = _condition(wanted)
    if start := _start(before):
        where, values = [*where, "(e.at, e.id) < (%s, %s)"], [*values, *start]
    statement = READ.format(where=" AND ".join(where) or "true", most=PAGE + 1)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONGEST])
            cursor.execute(statement, values)
            found = cursor.fetchall()
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise _too_much() from error
    rows = [_row(*row) for row in found[:PAGE]]
    more = len(found) > PAGE
    return Changes(rows, f"{rows[-1].at.isoformat()}_{rows[-1].id}" if more else "")


def _condition(wanted: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    """The conditions that are asked for, and their values."""
    asked: list[tuple[str, list[Any]]] = []
    by = wanted.get("by")
    if by is not None:
        asked.append(("e.by_id = %s", [by]) if by else ("e.by_id IS NULL", []))
    if what := wanted.get("what"):
        kind = str(what).strip().lower().replace("-", "_").replace(" ", "_")
        asked.append(("position(%s in e.kind) > 0", [kind]))
    asked += _about(wanted.get("of") or "", wanted.get("number"))
    if origin := wanted.get("origin"):
        asked.append(("position(%s in e.origin) > 0", [origin]))
    if since := wanted.get("since"):
        asked.append(("e.at >= %s", [_begin(since)]))
    until = wanted.get("until")
    if until and until < date.max:  # after which there is no day
        asked.append(("e.at < %s", [_begin(until + timedelta(days=1))]))
    return [one for one, _ in asked], [value for _, values in asked for value in values]


def _about(of: str, number: int | None) -> list[tuple[str, list[Any]]]:
    """What it is about: a case by its number, anything else by its ID."""
    if number and of in ("", "case"):
        case = "(SELECT id FROM cases_case WHERE number = %s)"
        return [(f"e.subject_kind = 'case' AND e.subject_id = {case}", [number])]
    if of and number:
        return [("e.subject_kind = %s AND e.subject_id = %s", [of, number])]
    return [("e.subject_kind = %s", [of])] if of else []


def _begin(day: date) -> datetime:
    """The first moment of the day, in the desk's zone."""
    zone = clock.local(clock.now()).tzinfo
    return datetime.combine(day, time(), tzinfo=zone)


def _start(before: str) -> tuple[datetime, int] | None:
    """Where a page begins; None for what is none."""
    at, _, key = before.rpartition("_")
    try:
        return datetime.fromisoformat(at), int(key[:18])
    except ValueError:
        return None


def _row(
    pk: int, at: datetime, origin: str, kind: str, about: str, about_id: int | None,
    said: str, who: str, number: int | None,
) -> Change:  # fmt: skip
    of, url = thing(about, about_id, number)
    return Change(pk, at, who, in_words(kind), of, url, origin, told(json.loads(said)))


def _too_much() -> Refused:
    return Refused(
        "record_takes_too_long",
        "Finding these changes takes too long. Give the days between which to look.",
        rule="K4",
    )
