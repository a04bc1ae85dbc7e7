"""Which of the changed cases a list's filter lets through (V3)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from heliodesk.list_views.fields.choices import ME
from heliodesk.list_views.filters import read_text
from heliodesk.list_views.queries.where import where
from heliodesk.people.access import Actor


class Matches:
    """Asked once a batch of changes for each filter, and for each person where it says *me* or not
    everybody sees the same cases (K6)."""

    def __init__(self, case_ids: Iterable[int]) -> None:
        self.case_ids = list(case_ids)
        self.known: dict[tuple[str, int], frozenset[int]] = {}

    def __call__(self, text: str, case_id: int, *, by: Actor) -> bool:
        """Whether the filter with this query text lets the case through for `by`."""
        own = not by.is_support or ME in text
        key = (text, by.person_id if own else 0)
        if key not in self.known:
            self.known[key] = self._read(text, by)
        return case_id in self.known[key]

    def _read(self, text: str, by: Actor) -> frozenset[int]:
        condition, values = where(read_text(text)[0], by=by)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.id FROM cases_case c"  # noqa: S608 - constants only
                f" WHERE c.id = ANY(%s::bigint[]) AND {condition}",
                [self.case_ids, *values],
            )
            return frozenset(row[0] for row in cursor.fetchall())
