"""Full text: descriptions, posts, reviews, interactions, assignments, notes and file names that
have the words, newest first (V4). How it stays quick is told in docs/decisions/search.md."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from heliodesk.people.access import Actor
from heliodesk.search.models import SearchText
from heliodesk.search.queries.asking import Asked
from heliodesk.search.queries.reach import COUNTED, Narrowed, Place, reached

PAGE = 25  # hits


@dataclass(frozen=True, slots=True)
class TextHit:
    """A text that has the words. `words` are those of its page that were asked for, in lower
    case."""

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


def texts(asked: Asked, narrowed: Narrowed, *, after: Place | None = None, by: Actor) -> Texts:
    """The page of texts behind `after` that have what was asked and are on cases which `by` may
    see (K6). One SQL statement; the caller has set its time limit."""
    if not asked.query:
        return Texts()
    hits, params = reached(asked, narrowed, after, by)
    with connection.cursor() as cursor:
        values = [*params, PAGE + 1, _beginning_as(asked.marks), asked.marks]
        cursor.execute(PAGE_OF.replace("{hits}", hits), values)
        return _page(cursor.fetchall())


def _beginning_as(marks: str) -> str:
    """The pattern of the words that are worth asking about: no form of a word begins with another
    letter, but for its accent."""
    letters = "".join(sorted(set(_FIRST.findall(marks))))
    either = f"(?:[{letters}]|{BEYOND})" if letters else BEYOND
    return rf"(?<![[:alnum:]])(?=[[:alnum:]]){either}[[:alnum:]]*"


def _page(rows: Sequence[tuple[Any, ...]]) -> Texts:
    words, counted, begins = rows[0][9:] if rows else ((), "{}", False)
    marked = frozenset(words or ())
    hits = [_hit(row, marked) for row in rows]
    counts: dict[str, int] = json.loads(counted)
    total = sum(counts.values())
    more = len(hits) > PAGE
    last = hits[PAGE - 1] if more else None
    return Texts(
        hits[:PAGE],
        counts,
        more_counted=total > COUNTED,
        after=Place(last.at, last.id) if last else None,
        begins=begins,
    )


def _hit(row: Sequence[Any], words: frozenset[str]) -> TextHit:
    key, kind, at, author, said, number, customer, status, account = row[:9]
    return TextHit(key, kind, at, author, said, words, number, customer, status, account)


_FIRST = re.compile("'([a-z0-9])")  # of a lexeme in a tsquery
BEYOND = r"[^\x01-\x7f]"  # the lexeme of a word that begins with one of these may begin with any

#: Hits are counted by kind, and those of the page are given with their text and the words to mark.
#: What is marked is asked word by word: only PostgreSQL knows which words are forms of another.
PAGE_OF = """
WITH {hits},
shown AS MATERIALIZED (SELECT * FROM hit ORDER BY at DESC, id DESC LIMIT %s),
texts AS MATERIALIZED (
    SELECT s.id, s.kind, s.at, s.author_id, c.number, c.customer_name, c.status, i.account_id,
        left(coalesce(f.body, i.about, n.name, c.description), 20000) AS said
    FROM shown s
    LEFT JOIN cases_case c ON c.id = s.case_id
    LEFT JOIN feed_feeditem f ON s.id %% 4 = 1 AND f.id = s.id / 4
    LEFT JOIN cases_interaction i ON s.id %% 4 = 2 AND i.id = s.id / 4
    LEFT JOIN files_casefile n ON s.id %% 4 = 3 AND n.id = s.id / 4
)
SELECT id, kind, at, author_id, said,
    number, coalesce(customer_name, ''), coalesce(status, ''), account_id,
    (SELECT array_agg(word) FROM (
        SELECT DISTINCT found[1] AS word
        FROM (SELECT string_agg(lower(said), ' ') AS said FROM texts) t,
            regexp_matches(t.said, %s, 'g') found
    ) words WHERE to_tsvector('desk_english', word) @@ %s::tsquery),
    (SELECT jsonb_object_agg(kind, n) FROM (SELECT kind, count(*) AS n FROM hit GROUP BY 1) k),
    EXISTS (SELECT FROM begins)
FROM texts ORDER BY at DESC, id DESC
"""
