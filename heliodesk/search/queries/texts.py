"""Full text: descriptions, posts, reviews, interactions, assignments, notes and file names that
have the words, newest first (V4). How it stays quick is told in docs/decisions/search.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
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


Part = tuple[str, list[Any]]


def texts(
    asked: Asked, narrowed: Narrowed, *, after: Place | None = None, by: Actor
) -> Texts:
    """The page of texts behind `after` that have what was asked and are on cases which `by` may
    see (K6). One SQL statement; the caller has set its time limit."""
    if not asked.query:
        return Texts()
    arms = [_newest(asked, narrowed, after, by), *_strides(asked, narrowed, after, by)]
    union = " UNION ALL ".join(f"({statement})" for statement, _ in arms)
    params = [value for _, values in arms for value in values]
    with connection.cursor() as cursor:
        cursor.execute(
            PAGE_OF.format(arms=union, marks="%s::tsquery"),
            [*params, COUNTED + 1, PAGE + 1, asked.marks],
        )
        rows = cursor.fetchall()
    return _page(rows)


def _page(rows: Sequence[tuple[Any, ...]]) -> Texts:
    hits = [TextHit(*row[:5], frozenset(row[5] or ()), *row[6:10]) for row in rows]
    counts: dict[str, int] = json.loads(rows[0][10]) if rows else {}
    total = sum(counts.values())
    more = len(hits) > PAGE
    last = hits[PAGE - 1] if more else None
    return Texts(
        hits[:PAGE],
        counts,
        more_counted=total > COUNTED,
        after=Place(last.at, last.id) if last else None,
    )


#: Hits are counted by kind, and those of the page are given with their text and the words to mark.
#: What is marked is asked word by word: only PostgreSQL knows which words are forms of another.
PAGE_OF = """
WITH hit AS MATERIALIZED (SELECT * FROM ({arms}) arms LIMIT %s),
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
        WHERE to_tsvector('desk_english', w) @@ {marks}),
    number, coalesce(customer_name, ''), coalesce(status, ''), account_id,
    (SELECT jsonb_object_agg(kind, n) FROM (SELECT kind, count(*) AS n FROM hit GROUP BY 1) k)
FROM texts ORDER BY at DESC, id DESC
"""


def _newest(asked: Asked, narrowed: Narrowed, after: Place | None, by: Actor) -> Part:
    """Looks through the newest texts: a word that many have is found at once, and no index is
    read for the beginning of a word that half of all texts have."""
    where, params = _conditions(asked, narrowed, by)
    start, values = _start(narrowed, after)
    return (
        f"SELECT {COLUMNS} FROM (SELECT * FROM search_searchtext s WHERE {start}"  # noqa: S608
        f" ORDER BY at DESC, id DESC LIMIT {NEWEST}) s WHERE {where} ORDER BY at DESC, id DESC",
        [*values, *params],
    )


def _strides(
    asked: Asked, narrowed: Narrowed, after: Place | None, by: Actor
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
    for stride in LONG_STRIDES if asked.begins else STRIDES:
        if week < oldest:
            return
        weeks = " | ".join(f"'=w{one}'" for one in range(week, week - stride, -1))
        yield _stride(asked, narrowed, by, weeks, edge, values, "")
        week -= stride
    older = f" AND s.at < to_timestamp({(week + 1) * WEEK})"
    yield _stride(asked, narrowed, by, "", edge, values, older)


def _stride(
    asked: Asked, narrowed: Narrowed, by: Actor, weeks: str, edge: str, values: list[Any], more: str
) -> Part:
    where, params = _conditions(asked, narrowed, by, weeks)
    return (
        f"SELECT * FROM (SELECT {COLUMNS} FROM search_searchtext s WHERE {where}"  # noqa: S608
        f" AND {edge}{more} OFFSET 0) s ORDER BY at DESC, id DESC",
        [*params, *values],
    )


def _start(narrowed: Narrowed, after: Place | None) -> Part:
    """Texts before the moment at which the page begins."""
    if after is not None:
        return "(s.at, s.id) < (%s, %s)", [after.at, after.id]
    if narrowed.until is not None:
        return "s.at < %s", [narrowed.until]
    return "true", []


def _conditions(asked: Asked, narrowed: Narrowed, by: Actor, weeks: str = "") -> Part:
    """What a text must have, for the alias `s`; kind, author and weeks are words of the index."""
    query = f"({asked.query})"
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
