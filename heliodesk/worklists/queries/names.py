"""Names of set-up data and people, kept in the process: a list of 50 rows joins nothing for them.

A name that an administrator changes shows within `KEPT` seconds; a new one at once.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

from django.db import connection

KEPT = 15.0  # seconds

READ = """
    SELECT 'type', id, name, '' FROM cases_requesttype
    UNION ALL SELECT 'subtype', id, name, '' FROM cases_requestsubtype
    UNION ALL SELECT 'source', id, name, '' FROM cases_casesource
    UNION ALL SELECT 'person', id, name, '' FROM people_user
    UNION ALL SELECT 'closed reason', id, name, '' FROM cases_closedreason
    UNION ALL SELECT 'reason', id, name, '' FROM people_referralreason
    UNION ALL SELECT 'referral subtype', id, name, '' FROM people_referralsubtype
    UNION ALL SELECT 'topic', id, name, '' FROM people_topic
    UNION ALL SELECT 'installer queue', id, name, '' FROM people_queue WHERE case_type = 'installer'
    UNION ALL (SELECT 'queue', id, name, slug FROM people_queue ORDER BY position, name)
    UNION ALL (SELECT 'department', id, name, slug FROM people_department ORDER BY position, name)
"""


@dataclass
class Names:
    """Names by kind, as `READ` calls it, and ID; the slugs of queues and departments likewise."""

    by_kind: dict[str, dict[int, str]] = field(default_factory=dict)
    slugs: dict[str, dict[int, str]] = field(default_factory=dict)
    read_at: float = float("-inf")
    version: int = field(default_factory=count().__next__)


_kept = Names()


def names(kind: str, *wanted: int | None) -> dict[int, str]:
    """The names of a kind by ID; read anew when they are old, or one of `wanted` is missing."""
    found = _current().by_kind.get(kind, {})
    if all(key is None or key in found for key in wanted):
        return found
    return _read().by_kind.get(kind, {})


def key_of_slug(kind: str, slug: str) -> int | None:
    """The ID of the queue or department with this slug, or None."""
    for kept in (_current, _read):
        for key, known in kept().slugs.get(kind, {}).items():
            if known == slug:
                return key
    return None


def slug_of(kind: str, key: int) -> str:
    """The slug of a queue or department, which is in its address."""
    names(kind, key)
    return _current().slugs[kind][key]


def version() -> int:
    """Changes when a name has changed: what was made of them is kept as long."""
    return _current().version


def forget() -> None:
    """Read everything anew next time; for tests, each of which has rows of its own."""
    global _kept
    _kept = Names()


def _current() -> Names:
    return _kept if time.monotonic() - _kept.read_at < KEPT else _read()


def _read() -> Names:
    global _kept
    by_kind: dict[str, dict[int, str]] = defaultdict(dict)
    slugs: dict[str, dict[int, str]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(READ)
        for kind, key, name, slug in cursor.fetchall():
            by_kind[kind][key] = name
            if slug:
                slugs[kind][key] = slug
    if (by_kind, slugs) != (_kept.by_kind, _kept.slugs):
        _kept = Names(dict(by_kind), dict(slugs))
    _kept.read_at = time.monotonic()
    return _kept
