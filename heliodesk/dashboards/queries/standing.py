"""The open cases as they stand, in one pass: by status, age, owner and queue; due for review."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection

from heliodesk.core import clock
from heliodesk.dashboards.scope import Scope
from heliodesk.list_views.filters.moments import start_of
from heliodesk.people.models import DeskSettings

_USUAL_HOURS = DeskSettings._meta.get_field("review_interval_hours").default
#: How many days ago the cases of each age were created at the most; what is older comes last.
AGES = {"Today": 0, "1–2 days": 2, "3–6 days": 6, "1–4 weeks": 29, "30 days +": None}

# Entries of the partial index case_open_by_created, counted by all that is asked for at once, and
# these counts by each. When a review is due from is a SELECT of its own, so that it is worked out
# once and not for each case.
READ = f"""
    SELECT c.status, c.age, c.owner_agent_id, c.owner_queue_id, sum(c.count)::bigint,
        coalesce(sum(c.due) FILTER (WHERE c.owner_agent_id IS NOT NULL), 0)::bigint, min(c.oldest)
    FROM (
        SELECT c.status, width_bucket(c.created_at, %(ages)s::timestamptz[]) AS age,
            c.owner_agent_id, c.owner_queue_id, count(*),
            count(*) FILTER (WHERE c.review_due_from < (
                SELECT %(now)s::timestamptz - make_interval(hours => coalesce(
                    (SELECT review_interval_hours FROM people_desksettings WHERE id = 1),
                    {_USUAL_HOURS}
                ))
            )) AS due,
            min(c.created_at) AS oldest
        FROM cases_case c
        WHERE c.status <> 'closed' {{scope}}
        GROUP BY 1, 2, 3, 4
    ) c
    GROUP BY GROUPING SETS ((c.status, c.age), (c.owner_agent_id, c.owner_queue_id))
"""  # noqa: S608 - a number of our own


@dataclass(slots=True)
class Held:
    """The open cases of one owner: how many, how many of them due for review, since when the
    oldest."""

    open: int = 0
    due: int = 0
    oldest: datetime | None = None

    def add(self, count: int, due: int, oldest: datetime) -> None:
        """Count in some more."""
        self.open += count
        self.due += due
        self.oldest = min(self.oldest, oldest) if self.oldest else oldest


@dataclass(slots=True)
class Standing:
    """What stands open: all, by (status, number of the age in `AGES`), by agent, by queue."""

    all: Held = field(default_factory=Held)
    ages: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    agents: dict[int, Held] = field(default_factory=lambda: defaultdict(Held))
    queues: dict[int, Held] = field(default_factory=lambda: defaultdict(Held))

    def of_status(self, status: str) -> int:
        """How many are in this status."""
        return sum(count for (one, _), count in self.ages.items() if one == status)


def age_days(now: date) -> list[tuple[date | None, date | None]]:
    """The first and the last day on which the cases of each age were created; None is open."""
    found: list[tuple[date | None, date | None]] = []
    last = now
    for most in AGES.values():
        first = None if most is None else now - timedelta(days=most)
        # A case is never created tomorrow, but for the youngest no last day is the plainest.
        found.append((first, last if found else None))
        last = first - timedelta(days=1) if first else last
    return found


def standing(scope: Scope) -> Standing:
    """What stands open now. One statement."""
    condition, values = scope.condition()
    firsts = [start_of(first) for first, _ in age_days(clock.today()) if first]
    values |= {"now": clock.now(), "ages": firsts[::-1]}
    found = Standing()
    with connection.cursor() as cursor:
        cursor.execute(scope.asked + READ.format(scope=condition), values)
        for status, age, agent, queue, *counts in cursor.fetchall():
            if status is not None:
                found.ages[status, len(firsts) - age] = counts[0]
                continue
            found.all.add(*counts)
            (found.queues[queue] if agent is None else found.agents[agent]).add(*counts)
    return found
