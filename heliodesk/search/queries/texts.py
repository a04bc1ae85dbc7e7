"""Full text: descriptions, posts, reviews, interactions, assignments, notes and file names that
have the words, newest first (V4). How it stays quick is told in docs/decisions/search.md."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection

from heliodesk.cases.access import visible_cases
from heliodesk.core import clock
from heliodesk.people.access import Actor
from heliodesk.search.models import SearchText
from heliodesk.search.queries.asking import Asked

PAGE = 25  # hits
COUNTED = 100  # hits that a count tells; more is "100+"
NEWEST = 2_000  # texts that are looked through one by one before the index is asked
WEEK = 604_800  # seconds
STRIDES = (1, 4, 16, 64)  # weeks that the index is asked for at once, then all before
LONG_STRIDES = (8, 64)  # where it has to gather all words with a beginning each time

COLUMNS = "s.id, s.case_id, s.kind, s.author_id, s.at"
NEWEST_FIRST = "ORDER BY at DESC, id DESC"


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
class TextHit:
    """A text that has the words. `words` are those of it that were asked for, in lower case."""

    id: int
    kind: str
    at: datetime
    author_id: int | None
    said: str
    words: frozenset[str]
    case_number: int | None
    customer: str
    status: str
    account_id: int | None

    @property
    def url(self) -> str:
        """The address of the very text: the post in its feed, the case, the customer's record."""
        source, key = SearchText.Source(self.id % 4), self.id // 4
        if self.case_number is None:
            return f"/accounts/{self.account_id}/"
        case = f"/cases/{self.case_number:08d}/"
        if source == SearchText.Source.ITEM:
            return f"{case}?item={key}#item-{key}"
        return f"{case}#files" if source == SearchText.Source.FILE else case


@dataclass(frozen=True, slots=True)
class Texts:
    """A page of hits, newest first. `counts` by kind go up to `COUNTED` in all, `more_counted` says
    that there are more; `after` is where the next page begins."""

    hits: list[TextHit] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    more_counted: bool = False
    after: Place | None = None
    begins: bool = False


Part = tuple[str, list[Any]]


def texts(asked: Asked, narrowed: Narrowed, *, after: Place | None = None, by: Actor) -> Texts:
    """The page of texts behind `after` that have what was asked and are on cases which `by` may
    see (K6). One SQL statement; the caller has set its time limit."""
    if not asked.query:
        return Texts()
    exact, params = _arms(asked.query, STRIDES, narrowed, after, by)
    more: list[Any]
    begins, more = f"SELECT {COLUMNS} FROM search_searchtext s WHERE false", []  # noqa: S608
    if asked.begins:
        begins, more = _arms(asked.begins, LONG_STRIDES, narrowed, after, by)
    with connection.cursor() as cursor:
        cursor.execute(
            PAGE_OF.format(exact=exact, begins=begins),
            [*params, COUNTED + 1, *more, COUNTED + 1, PAGE + 1, asked.marks],
        )
        return _page(cursor.fetchall())


def _page(rows: Sequence[tuple[Any, ...]]) -> Texts:
    hits = [_hit(row) for row in rows]
    counts: dict[str, int] = json.loads(rows[0][10]) if rows else {}
    total = sum(counts.values())
    more = len(hits) > PAGE
    last = hits[PAGE - 1] if more else None
    return Texts(
        hits[:PAGE],
        counts,
        more_counted=total > COUNTED,
        after=Place(last.at, last.id) if last else None,
        begins=bool(rows) and rows[0][11],
    )


def _hit(row: Sequence[Any]) -> TextHit:
    key, kind, at, author, said, words, number, customer, status, account = row[:10]
    marked = frozenset(words or ())
    return TextHit(key, kind, at, author, said, marked, number, customer, status, account)


#: Hits are counted by kind, and those of the page are given with their text and the words to mark.
#: What is marked is asked word by word: only PostgreSQL knows which words are forms of another.
PAGE_OF = """
WITH exact AS MATERIALIZED (SELECT * FROM ({exact}) arms LIMIT %s),
begins AS MATERIALIZED (
    SELECT * FROM ({begins}) arms WHERE NOT EXISTS (SELECT FROM exact) LIMIT %s
),
hit AS MATERIALIZED (SELECT * FROM exact UNION ALL SELECT * FROM begins),
shown AS MATERIALIZED (SELECT * FROM hit ORDER BY at DESC, id DESC LIMIT %s),
texts AS (
    SELECT s.id, s.kind, s.at, s.author_id, c.number, c.customer_name, c.status, i.account_id,
        left(coalesce(f.body, i.about, n.name, c.description), 20000) AS said
    FROM shown s
    LEFT JOIN cases_case c ON c.id = s.case_id
    LEFT JOIN feed_feeditem f ON s.id %% 4 = 1 AND f.id = s.id / 4
    LEFT JOIN cases_interaction i ON s.id %% 4 = 2 AND i.id = s.id / 4
    LEFT JOIN files_casefile n ON s.id %% 4 = 3 AND n.id = s.id / 4
)
SELECT id, kind, at, author_id, said,
    ARRAY(SELECT DISTINCT w FROM regexp_split_to_table(lower(said), '[^[:alnum:]]+') w
        WHERE to_tsvector('desk_english', w) @@ %s::tsquery),
    number, coalesce(customer_name, ''), coalesce(status, ''), account_id,
    (SELECT jsonb_object_agg(kind, n) FROM (SELECT kind, count(*) AS n FROM hit GROUP BY 1) k),
    EXISTS (SELECT FROM begins)
FROM texts ORDER BY at DESC, id DESC
"""


def _arms(
    query: str, strides: Sequence[int], narrowed: Narrowed, after: Place | None, by: Actor
) -> Part:
    """The texts that fit the query, newest first; each arm is read only where those before it did
    not suffice."""
    where = partial(_conditions, query, narrowed, by)
    arms = [_newest(where, narrowed, after), *_strides(where, strides, narrowed, after)]
    union = " UNION ALL ".join(f"({statement})" for statement, _ in arms)
    return union, [value for _, values in arms for value in values]


def _newest(where: Callable[..., Part], narrowed: Narrowed, after: Place | None) -> Part:
    """Looks through the newest texts: a word that many have is found at once, and no index is
    read for the beginning of a word that half of all texts have."""
    condition, params = where()
    start, values = _start(narrowed, after)
    newest = f"SELECT * FROM search_searchtext s WHERE {start} {NEWEST_FIRST} LIMIT {NEWEST}"  # noqa: S608
    statement = f"SELECT {COLUMNS} FROM ({newest}) s WHERE {condition} {NEWEST_FIRST}"  # noqa: S608
    return statement, [*values, *params]


def _strides(
    where: Callable[..., Part], strides: Sequence[int], narrowed: Narrowed, after: Place | None
) -> Iterator[Part]:
    """Asks the index, from the newest weeks backwards in ever longer strides: LIMIT stops before
    the next."""
    start, values = _start(narrowed, after)
    edge = (
        f"(s.at, s.id) < (SELECT at, id FROM search_searchtext s WHERE {start}"  # noqa: S608
        f" ORDER BY at DESC, id DESC OFFSET {NEWEST - 1} LIMIT 1)"
    )
    newest = after.at if after else narrowed.until or clock.now() + timedelta(days=1)
    week = int(newest.timestamp()) // WEEK
    oldest = int(narrowed.since.timestamp()) // WEEK if narrowed.since else 0
    for stride in strides:
        if week < oldest:
            return
        weeks = " | ".join(f"'=w{one}'" for one in range(week, week - stride, -1))
        yield _stride(where(weeks), edge, values)
        week -= stride
    older = f" AND s.at < to_timestamp({(week + 1) * WEEK})"
    yield _stride(where(), edge + older, values)


def _stride(where: Part, edge: str, values: list[Any]) -> Part:
    condition, params = where
    fits = f"SELECT {COLUMNS} FROM search_searchtext s WHERE {condition} AND {edge} OFFSET 0"  # noqa: S608
    return f"SELECT * FROM ({fits}) s {NEWEST_FIRST}", [*params, *values]  # noqa: S608


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
    if narrowed.since is not None:
        parts.append(("s.at >= %s", [narrowed.since]))
    if narrowed.status in {"open", "closed"}:
        equal = "=" if narrowed.status == "closed" else "<>"
        case = f"SELECT 1 FROM cases_case c WHERE c.id = s.case_id AND c.status {equal} 'closed'"  # noqa: S608
        parts.append((f"EXISTS ({case})", []))
    if narrowed.department is not None:
        asks = "SELECT 1 FROM assignments_caseassignment a WHERE a.case_id = s.case_id"
        parts.append((f"EXISTS ({asks} AND a.department_id = %s)", [narrowed.department]))
    if not by.is_support:
        seen, values = visible_cases(by).values("pk").query.sql_with_params()
        parts.append((f"s.case_id IN ({seen})", list(values)))
    return " AND ".join(sql for sql, _ in parts), [v for _, values in parts for v in values]
