"""How a page of a list is found quickly, whatever the filter lets through.

PostgreSQL guesses how many cases a filter lets through and chooses one way. Where the guess is
wrong it reads the whole table. So both ways are gone here, each with a bound: along the order,
which is quick where much is let through, and by the indexes of the filter, which is quick where
little is. One of them ends within its bound. See docs/performance.md, "List views".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from heliodesk.core.refusal import Refused
from heliodesk.list_views.queries.bounds import Bounds
from heliodesk.list_views.queries.times import LONG

NEAR = 1_000  # cases looked at along the order, first
SORTABLE = 10_000  # as many as PostgreSQL guesses at most, where sorting is tried first
FEW = 5  # found among these, they say how far to look for a page
GATHERED = 5_000  # cases that are sorted at most, when the filter's indexes find them
MANY = 50_000  # the same, where nothing else was quick
LONG_ONES = 2_000  # cases looked at that took long
COUNTED = 2_000  # cases looked at for a count beside a page
FAR = 20_000  # cases looked at along the order, at most
FARTHER = 60_000  # the same, where gathering is dear
DEAR = 12_000  # from this cost on, as PostgreSQL guesses, gathering is put off
LONGEST = 4_000  # milliseconds that PostgreSQL may take for a list

_COLUMN = re.compile(r"\bc\.\w+")

# Always planned for these very values; a scan of everything is the last resort. What a list reads
# is in memory: to read half a million entries of an index for a thousand pages less is dear.
SETTINGS = f"""SELECT set_config('statement_timeout', '{LONGEST}', true),
    set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true),
    set_config('enable_seqscan', 'off', true), set_config('work_mem', '16MB', true),
    set_config('max_parallel_workers_per_gather', '0', true),
    set_config('random_page_cost', '0.2', true), set_config('seq_page_cost', '0.1', true)"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Cases `c` that a list wants: the condition, where it begins, and in which order.

    `bounds` is what follows from it and indexes of the order know. Values go with each part.
    """

    selected: str
    condition: str
    values: Sequence[Any]
    beyond: str
    start: Sequence[Any]
    ordered: str
    most: int
    selected_values: Sequence[Any] = ()
    bounds: Bounds = field(default_factory=Bounds)
    along: bool = True  # whether an index has the order
    keys: Sequence[str] = ()  # what it sorts by
    earlier: Sequence[Any] = ()  # rows that come before those that `bounds.usual` gives
    sees_all: bool = True  # of what a department member may see PostgreSQL has no good guess

    @property
    def looks_up(self) -> bool:
        """Whether the filter looks into other tables, and PostgreSQL's guess of that is good."""
        return self.sees_all and "SELECT" in self.condition


@dataclass(frozen=True, slots=True)
class Found:
    """Rows, and how many the filter lets through in all where that came to light."""

    rows: list[Any]
    count: int | None = None


@contextmanager
def quickly() -> Iterator[None]:
    """Inside, statements are planned and bounded for lists; refuses what takes too long."""
    try:
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(SETTINGS)
            yield
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise too_much() from error


def too_much() -> Refused:
    """What is said of a list that would take too long to find."""
    return Refused(
        "list_takes_too_long",
        "Finding these cases takes too long. Narrow the filter: add a condition on status, owner, "
        "customer or a shorter time, or sort by when they were created.",
        rule="V3",
    )


def find(wanted: Wanted, *, gathers: bool | None = None) -> Found:
    """At most `wanted.most` rows in the order; where it is known, `gathers` says whether the
    filter's way is the shorter one."""
    if gathers and (found := gathered(wanted)):
        return found
    if not wanted.bounds.usual:
        return _near(wanted) if gathers is None else _first_of(wanted, (_far, gathered, _many))
    guess = estimated(wanted)
    if guess.rows <= MANY and not guess.is_dear and (found := gathered(wanted)):
        return found
    ways = (_far, _farther, _many) if guess.is_dear else (_far, _many)
    earlier = _that_took_long(wanted)
    if earlier is None:
        return _first_of(replace(wanted, bounds=wanted.bounds.without_usual), ways)
    return _first_of(replace(wanted, earlier=earlier), (_short_of, *ways))


def at_hand(wanted: Wanted) -> list[Any] | None:
    """The rows, where a short look along the order finds a page of them: by the cases' own rows
    alone, so that no plan can be a bad one, and nothing of `quickly` is needed. None elsewhere."""
    if wanted.bounds.usual or "SELECT" in wanted.condition:
        return None
    rows = _along(wanted, NEAR)
    return rows if len(rows) == wanted.most else None


def _first_of(wanted: Wanted, ways: Iterable[Callable[[Wanted], Found | None]]) -> Found:
    for way in ways:
        found = way(wanted)
        if found is not None:
            return found
    return Found(all_of_it(wanted))


def _near(wanted: Wanted) -> Found:
    """Along the order, and by the filter's indexes where that is not enough: but where these make
    gathering dear, farther along the order first if it has any rows."""
    rows = _nearest(wanted)
    if len(rows) == wanted.most:
        return Found(rows)
    put_off = bool(rows) and wanted.looks_up and estimated(wanted).is_dear
    return _first_of(wanted, (_far, gathered, _many) if put_off else (gathered, _far, _many))


def _short_of(wanted: Wanted) -> Found | None:
    rows = _nearest(wanted)
    return Found(rows) if len(rows) == wanted.most else None


def _nearest(wanted: Wanted) -> list[Any]:
    """The rows along the order as far as seems good: what the first cases hold says how far."""
    if not wanted.along:
        return []
    rows = _along(wanted, NEAR)
    if FEW <= len(rows) < wanted.most:
        rows = _along(wanted, min(FAR, NEAR * wanted.most * 3 // (2 * len(rows))))
    return rows


def _far(wanted: Wanted, bound: int = FAR) -> Found | None:
    rows = _along(wanted, bound) if wanted.along else []
    return Found(rows) if len(rows) == wanted.most else None


def _farther(wanted: Wanted) -> Found | None:
    return _far(wanted, FARTHER)


def all_of_it(wanted: Wanted) -> list[Any]:
    """The rows by whatever way PostgreSQL chooses."""
    return _run(
        f"SELECT {wanted.selected} FROM cases_case c WHERE {wanted.condition}"  # noqa: S608 - of `fields`; values go beside it
        f" {wanted.bounds.sql} {wanted.beyond} ORDER BY {wanted.ordered} LIMIT {wanted.most}",
        [*wanted.selected_values, *wanted.values, *wanted.bounds.values, *wanted.start],
    )


@dataclass(frozen=True, slots=True)
class Guess:
    """How many cases the filter lets through; `is_dear` where many more than are gathered have to
    be looked up in another table, which takes longer than to look far along the order."""

    rows: float
    is_dear: bool


def estimated(wanted: Wanted) -> Guess:
    """What PostgreSQL guesses of the filter."""
    plan = _run(
        f"EXPLAIN (FORMAT JSON) SELECT FROM cases_case c WHERE {wanted.condition}"
        f" LIMIT {GATHERED + 1}",
        wanted.values,
    )[0][0][0]["Plan"]
    rows: float = plan["Plans"][0]["Plan Rows"]
    dear = DEAR / 2 if rows > GATHERED else DEAR  # more than that is gathered for nothing
    return Guess(rows, is_dear=wanted.looks_up and plan["Total Cost"] > dear)


def count_near(wanted: Wanted) -> tuple[int, bool]:
    """How many of the first `COUNTED` cases in the order the filter lets through, and whether
    these were all there are."""
    row = _run(
        f"SELECT count(*) FILTER (WHERE {wanted.condition}), count(*) FROM ("  # noqa: S608 - of `fields`; values go beside it
        f"SELECT c.* FROM cases_case c WHERE true {wanted.bounds.sql} {wanted.bounds.usual}"
        f" ORDER BY {wanted.ordered} LIMIT {COUNTED}) c",
        [*wanted.values, *wanted.bounds.values, *wanted.bounds.usual_values],
    )[0]
    return row[0], row[1] < COUNTED and not wanted.bounds.usual


def _along(wanted: Wanted, bound: int) -> list[Any]:
    """The rows among the first `bound` cases in the order; fewer than wanted says nothing."""
    # What is sorted by comes out of the index's own scan, so that nothing is sorted again.
    keys = [key for key in wanted.keys if "(" in key]
    inner = "".join(f", {key} AS key{place}" for place, key in enumerate(keys))
    ordered = wanted.ordered
    for place, key in enumerate(keys):
        ordered = ordered.replace(key, f"c.key{place}")
    bounds, most = wanted.bounds, wanted.most - len(wanted.earlier)
    if most <= 0:
        return list(wanted.earlier)
    rows = _run(
        f"SELECT {wanted.selected} FROM (SELECT c.*{inner} FROM cases_case c"  # noqa: S608 - of `fields`; values go beside it
        f" WHERE true {bounds.sql} {bounds.usual} {wanted.beyond} ORDER BY {wanted.ordered}"
        f" LIMIT {bound}) c WHERE {wanted.condition} ORDER BY {ordered} LIMIT {most}",
        [*wanted.selected_values, *bounds.values, *bounds.usual_values, *wanted.start,
         *wanted.values],
    )  # fmt: skip
    return [*wanted.earlier, *rows]


def _that_took_long(wanted: Wanted) -> list[Any] | None:
    """The rows outside of what is usual, where these are few or enough for a page. All of them come
    before the others in the order."""
    bounds = wanted.bounds
    usual = bounds.usual.removeprefix(" AND ")
    kept = ", ".join(sorted({"c.id", *_COLUMN.findall(wanted.ordered)}))
    rows = _run(
        f"WITH long AS MATERIALIZED (SELECT * FROM (SELECT {kept} FROM cases_case c"  # noqa: S608 - of `fields`; values go beside it
        f" WHERE {LONG} {bounds.long} AND NOT ({usual}) OFFSET 0) c ORDER BY {wanted.ordered}"
        f" LIMIT {LONG_ONES + 1}) SELECT total, c.* FROM (SELECT count(*) AS total FROM long)"
        f" counted LEFT JOIN (SELECT {wanted.selected} FROM long, LATERAL ("
        "SELECT * FROM cases_case c WHERE c.id = long.id OFFSET 0) c"
        f" WHERE {wanted.condition} {bounds.sql} {wanted.beyond}"
        f" ORDER BY {wanted.ordered} LIMIT {wanted.most}) c ON true",
        [*bounds.long_values, *bounds.usual_values, *wanted.selected_values, *wanted.values,
         *bounds.values, *wanted.start],
    )  # fmt: skip
    found = [row[1:] for row in rows if row[1] is not None]
    return found if rows[0][0] <= LONG_ONES or len(found) == wanted.most else None


def _many(wanted: Wanted) -> Found | None:
    return gathered(wanted, MANY)


def gathered(wanted: Wanted, limit: int | None = None) -> Found | None:
    """The rows among all that the filter lets through, or None where these are too many."""
    limit = limit or GATHERED
    kept = ", ".join(sorted({"c.id", *_COLUMN.findall(wanted.ordered)}))
    rows = _run(
        f"WITH gathered AS MATERIALIZED (SELECT {kept} FROM cases_case c"  # noqa: S608 - of `fields`; values go beside it
        f" WHERE {wanted.condition} LIMIT {limit + 1}),"
        f" shown AS (SELECT c.id FROM gathered c"
        f" WHERE (SELECT count(*) FROM gathered) <= {limit} {wanted.beyond}"
        f" ORDER BY {wanted.ordered} LIMIT {wanted.most})"
        f" SELECT total, c.* FROM (SELECT count(*) AS total FROM gathered) counted LEFT JOIN ("
        f"SELECT {wanted.selected} FROM shown JOIN cases_case c ON c.id = shown.id"
        f" ORDER BY {wanted.ordered}) c ON true",
        [*wanted.values, *wanted.start, *wanted.selected_values],
    )
    total = rows[0][0]
    if total > limit:
        return None
    return Found([row[1:] for row in rows if row[1] is not None], total)


def _run(sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
