"""How many open cases a person has: by status, due for review, of high priority (V1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from heliodesk.cases.models import Priority, Status
from heliodesk.core import clock
from heliodesk.people.models import DeskSettings
from heliodesk.worklists.queries.desk import DeskCase

READ = """
    SELECT c.status, count(*), count(*) FILTER (WHERE c.review_due_from < %s),
        count(*) FILTER (WHERE c.priority = %s)
    FROM cases_case c WHERE c.owner_agent_id = %s AND c.status <> 'closed' GROUP BY c.status
"""
#: What may be looked at alone, beside all.
DUE, HIGH, REFERRAL = "due", "high", "referral"


@dataclass(slots=True)
class Tally:
    """Counts of all cases, of those due for review and of those of high priority, by status."""

    all: dict[str, int] = field(default_factory=dict)
    due: dict[str, int] = field(default_factory=dict)
    high: dict[str, int] = field(default_factory=dict)

    def of(self, only: str) -> dict[str, int]:
        """The counts by status of what is looked at."""
        if only == REFERRAL:
            waits = Status.INTERNAL_REFERRAL.value
            return {waits: self.all.get(waits, 0)}
        return {DUE: self.due, HIGH: self.high}.get(only, self.all)

    def total(self, only: str) -> int:
        """How many that are together."""
        return sum(self.of(only).values())


def counted(cases: Iterable[DeskCase]) -> Tally:
    """Of cases that have been read, all of them."""
    tally = Tally()
    for case in cases:
        status = case.row.status
        tally.all[status] = tally.all.get(status, 0) + 1
        tally.due[status] = tally.due.get(status, 0) + case.is_due
        tally.high[status] = tally.high.get(status, 0) + case.row.high
    return tally


def read_tally(person_id: int, settings: DeskSettings) -> Tally:
    """Of all the person's open cases. One statement, for those who have more than a page reads."""
    due = clock.now() - settings.review_interval
    tally = Tally()
    with connection.cursor() as cursor:
        cursor.execute(READ, [due, Priority.HIGH.value, person_id])
        for status, *counts in cursor.fetchall():
            tally.all[status], tally.due[status], tally.high[status] = counts
    return tally
