"""What somebody typed may be: a case, an account, a contract, a job, a person; what is exact comes
first (V4). However many there are, each way of finding ends at its limit."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from heliodesk.core.numbers import whole
from heliodesk.directory.queries.finding import Hit, find
from heliodesk.directory.queries.finding_known import known
from heliodesk.directory.queries.finding_sql import BEGINS, STREET, WORDS
from heliodesk.directory.queries.finding_typed import typed
from heliodesk.directory.queries.finding_words import plain
from heliodesk.people.access import Actor
from heliodesk.search.queries import records
from heliodesk.search.queries.records import RECORDS, Record
from heliodesk.search.queries.reference import customer_at, mentioned, pointed_at

NEAREST = 12  # accounts whose cases and contracts are shown
SHOWN = 25  # of a kind, on the page


@dataclass(frozen=True, slots=True)
class Found:
    """The records that were found, by kind: the kind of an exact one first."""

    by_kind: dict[str, list[Record]] = field(default_factory=dict)
    more: frozenset[str] = frozenset()

    @property
    def exact(self) -> Record | None:
        """The record with exactly this number or ID."""
        return next((one for rows in self.by_kind.values() for one in rows if one.exact), None)


def search(text: str, *, most: int = SHOWN, by: Actor, surest: bool = False) -> Found:
    """All that `text` may mean and `by` may see (K6), at most `most` of a kind. A text that points
    at one record, as an address of the desk does, means this one.

    Two SQL statements; two more where a name is only spelled alike. `surest`: what has the text or
    begins so, alone.
    """
    line = " ".join(text.split())
    at = customer_at(line)
    text = f"/{at.kind}s/{at.key}/" if at else plain(pointed_at(line))
    if not text:
        return Found()
    hits = known(at, by=by) if at else find(text, by=by, most=most + 1, surest=surest)
    statement, params = records.statement(asked(text, hits, most, by), by=by)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows = [(kind, json.loads(values)) for kind, values in cursor.fetchall()]
    return sorted_out(rows, text, most)


def asked(text: str, hits: Sequence[Hit], most: int, by: Actor) -> dict[str, Any]:
    """The text and the accounts that it found, as the statement takes them."""
    bare = text.lstrip("#").strip()
    number = whole(bare)
    nearest = hits[:NEAREST]
    return {
        **typed(bare).values(),
        "accounts": [hit.account_id for hit in hits],
        "nearest": [hit.account_id for hit in nearest],
        "places": [place(hit.rank) for hit in nearest],
        "number": number or mentioned(text),
        "words": [f"%{word}%" for word in re.sub("['’]", "", text).split()],
        "most": most + 1,
        "person": by.user_id or 0,
        **ranges(bare.lstrip("0") if number else ""),
    }


def place(rank: int) -> int:
    """How near a case is whose customer was found so: by ID, phone or mail address, by the whole
    name, by parts of a name, otherwise."""
    return 2 + sum(rank >= least for least in (BEGINS, WORDS, STREET))


def ranges(digits: str) -> dict[str, list[int]]:
    """The case numbers which begin with these digits, four at least, as ranges."""
    lengths = range(1, 9 - len(digits)) if len(digits) >= 4 else ()
    begins = [(int(digits) * 10**more, (int(digits) + 1) * 10**more - 1) for more in lengths]
    return {"from": [low for low, _ in begins], "to": [high for _, high in begins]}


def sorted_out(rows: Sequence[tuple[str, Any]], text: str, most: int) -> Found:
    """The rows by kind, at most `most` of each."""
    by_kind: dict[str, list[Record]] = {kind: [] for kind in RECORDS}
    for kind, values in rows:
        by_kind[kind].append(RECORDS[kind](values, text.lstrip("#")))
    more = frozenset(kind for kind, found in by_kind.items() if len(found) > most)
    kinds = sorted(by_kind, key=lambda kind: not any(one.exact for one in by_kind[kind]))
    return Found({kind: by_kind[kind][:most] for kind in kinds if by_kind[kind]}, more)
