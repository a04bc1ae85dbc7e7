"""How far full text looks for its words, newest first: by what is common at once, by what is rare
in one step (V4). Why so: docs/decisions/search.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from heliodesk.cases.access import visible_cases
from heliodesk.core import clock
from heliodesk.people.access import Actor
from heliodesk.search.queries.asking import Asked

COUNTED = 100  # hits that a count tells; more is "100+"
NEWEST = 300  # texts that are looked through one by one first
OFTEN = 10  # of these that have the words, where more are looked through before the index is asked
FURTHER = 3_500  # texts that are looked through then, at most
WEEK = 604_800  # seconds
RARE = 20  # hits of the newest weeks at most, where all others are asked for at once
RECENT = (1, 4)  # weeks that the index is asked for at once, whatever was found
EARLIER = (16, 64)  # and before these, where the words are not rare; then all before
#: The same where the index has to gather all words with a beginning each time.
LONG_RECENT, LONG_EARLIER = (8,), (64,)

COLUMNS = "s.id, s.case_id, s.kind, s.author_id, s.at"
NEWEST_FIRST = "ORDER BY at DESC, id DESC"

#: `edge` is where the newest texts end: nowhere, where there are no others.
HITS = """
newest AS MATERIALIZED (
    SELECT {columns}, s.words FROM search_searchtext s WHERE {start} {order} LIMIT {newest}
),
edge AS MATERIALIZED (SELECT at, id FROM newest OFFSET {newest} - 1),
{exact},
{begins},
hit AS MATERIALIZED (SELECT * FROM exact UNION ALL SELECT * FROM begins)
"""
#: Hits of one question; each arm is read only where those before it did not suffice. `further` is
#: read only where the words stand often in the newest texts, and only as far as somebody asks.
QUESTION = """
near_{name} AS MATERIALIZED (SELECT {columns} FROM newest s WHERE {fits} LIMIT {counted}),
further_{name} AS MATERIALIZED (
    SELECT {columns}, {fits} AS fits FROM (
        SELECT {columns}, s.words FROM search_searchtext s WHERE (s.at, s.id) < (TABLE edge)
        AND (SELECT count(*) FROM near_{name}) >= {often} {order} LIMIT {further}
    ) s
),
edge_{name} AS MATERIALIZED (
    (SELECT at, id FROM further_{name} OFFSET {further} - 1) UNION ALL
    SELECT at, id FROM edge WHERE (SELECT count(*) FROM near_{name}) < {often}
),
recent_{name} AS MATERIALIZED (
    SELECT * FROM (
        SELECT * FROM near_{name} UNION ALL
        SELECT {columns} FROM further_{name} s WHERE fits UNION ALL {recent}
    ) arms LIMIT {counted}
),
{name} AS MATERIALIZED (
    SELECT * FROM (SELECT * FROM recent_{name} UNION ALL {earlier}) arms LIMIT {counted}
)"""
NO_QUESTION = "{name} AS (SELECT * FROM exact WHERE false)"

Part = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What narrows the texts: the kind; whether the case is open or closed; from when until before
    when; who wrote; a department that the case has or had an assignment for."""

    kind: str = ""
    status: str = ""
    since: datetime | None = None
    until: datetime | None = None
    author: int | None = None
    department: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind this hit."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class _Question:
    """What one arm after another is asked, from the newest week back to the oldest; `only`: what
    has to hold besides, also for the newest texts. `rare`: hits of the newest weeks at most, where
    the index alone is asked, and so says at once what else there is."""

    name: str
    where: Callable[..., Part]
    newest: int
    oldest: int
    only: Part
    rare: int


def reached(asked: Asked, narrowed: Narrowed, after: Place | None, by: Actor) -> Part:
    """The expressions that end with `hit`: at most `COUNTED` + 1 texts behind `after` that have
    what was asked and are on cases which `by` may see (K6). `begins` are those of them in which
    the last word is only a beginning, where no text has the word itself."""
    start, params = _start(narrowed, after)
    exact, values = _hits(_question("exact", asked.query, narrowed, after, by), RECENT, EARLIER)
    more: list[Any]
    begins, more = NO_QUESTION.format(name="begins"), []
    if asked.begins:
        longer = _question("begins", asked.begins, narrowed, after, by)
        begins, more = _hits(longer, LONG_RECENT, LONG_EARLIER)
    hits = HITS.format(
        columns=COLUMNS, order=NEWEST_FIRST, newest=NEWEST, start=start, exact=exact, begins=begins
    )
    return hits, [*params, *values, *more]


def _question(
    name: str, query: str, narrowed: Narrowed, after: Place | None, by: Actor
) -> _Question:
    end = after.at if after else narrowed.until or clock.now() + timedelta(days=1)
    since = narrowed.since
    only = "true" if name == "exact" else "NOT EXISTS (TABLE exact)"
    return _Question(
        name,
        partial(_conditions, query, narrowed, by),
        _week(end),
        _week(since) if since else 0,
        (f"s.at >= %s AND {only}", [since]) if since else (only, []),
        RARE if by.is_support and not (narrowed.status or narrowed.department) else -1,
    )


def _week(at: datetime) -> int:
    return int(at.timestamp()) // WEEK


def _hits(asked: _Question, recent: Sequence[int], earlier: Sequence[int]) -> Part:
    """Hits among the newest texts and weeks. Where those are many, ever longer strides before them
    until there are enough; where they are few, so are all others, and they are read at once."""
    known = f"(SELECT count(*) FROM recent_{asked.name})"  # noqa: S608 - constants; values go beside them
    fits, params = asked.where()
    only, only_values = asked.only
    week, near = _strides(asked, asked.newest, recent, "true")
    before, far = _strides(asked, week, earlier, f"{known} > {asked.rare}")
    first, first_values = _union(near)
    then, then_values = _union(
        [
            _stride(asked, week, 0, f"{known} <= {asked.rare}"),
            *far,
            _stride(asked, before, 0, f"{known} > {asked.rare}"),
        ]
    )
    statement = QUESTION.format(
        name=asked.name, columns=COLUMNS, order=NEWEST_FIRST, fits=f"{fits} AND {only}",
        counted=COUNTED + 1, often=OFTEN, further=FURTHER, recent=first, earlier=then,
    )  # fmt: skip
    looked_through = [*params, *only_values]
    return statement, [*looked_through, *looked_through, *first_values, *then_values]


def _union(arms: Sequence[Part]) -> Part:
    sql = " UNION ALL ".join(f"({statement})" for statement, _ in arms)
    return sql, [value for _, values in arms for value in values]


def _strides(
    asked: _Question, week: int, strides: Sequence[int], where: str
) -> tuple[int, list[Part]]:
    """The arms from that week backwards, and the week before them."""
    found = []
    for stride in strides:
        if week >= asked.oldest:
            found.append(_stride(asked, week, stride, where))
        week -= stride
    return week, found


def _stride(asked: _Question, week: int, stride: int, where: str) -> Part:
    """Asks the index for so many weeks, or for all up to that week. A fence (OFFSET 0) keeps the
    moments from being looked for in another index, which has to read all that are older."""
    weeks = " | ".join(f"'=w{one}'" for one in range(week, week - stride, -1))
    condition, params = asked.where(weeks)
    only, values = asked.only
    fits = f"SELECT {COLUMNS} FROM search_searchtext s WHERE {condition} OFFSET 0"  # noqa: S608 - constants; values go beside them
    where = f"(s.at, s.id) < (TABLE edge_{asked.name}) AND {only} AND {where}"
    if not stride:
        where += f" AND s.at < to_timestamp({(week + 1) * WEEK})"
    return f"SELECT * FROM ({fits}) s WHERE {where} {NEWEST_FIRST}", [*params, *values]  # noqa: S608 - constants; values go beside them


def _start(narrowed: Narrowed, after: Place | None) -> Part:
    """Texts before the moment at which the page begins."""
    if after is not None:
        return "(s.at, s.id) < (%s, %s)", [after.at, after.id]
    if narrowed.until is not None:
        return "s.at < %s", [narrowed.until]
    return "true", []


def _conditions(query: str, narrowed: Narrowed, by: Actor, weeks: str = "") -> Part:
    """What a text must have, for the alias `s`; kind, author and weeks are words of the index."""
    query = f"({query})"
    if narrowed.kind:
        query += f" & '={narrowed.kind}'"
    if narrowed.author is not None:
        query += f" & '=by{narrowed.author}'"
    if weeks:
        query += f" & ({weeks})"
    parts: list[Part] = [("s.words @@ %s::tsquery", [query])]
    if narrowed.status in {"open", "closed"}:
        equal = "=" if narrowed.status == "closed" else "<>"
        case = f"SELECT 1 FROM cases_case c WHERE c.id = s.case_id AND c.status {equal} 'closed'"  # noqa: S608 - constants; values go beside them
        parts.append((f"EXISTS ({case})", []))
    if narrowed.department is not None:
        asks = "SELECT 1 FROM assignments_caseassignment a WHERE a.case_id = s.case_id"
        parts.append((f"EXISTS ({asks} AND a.department_id = %s)", [narrowed.department]))
    if not by.is_support:
        seen, values = visible_cases(by).values("pk").query.sql_with_params()
        parts.append((f"s.case_id IN ({seen})", list(values)))
    return " AND ".join(sql for sql, _ in parts), [v for _, values in parts for v in values]
