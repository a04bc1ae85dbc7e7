"""Whether somebody works off the background jobs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from heliodesk.core.upkeep import STALLED_AFTER

LONG = timedelta(minutes=1)

# PostgreSQL's own clock, which the workers' heartbeats and the queue go by.
HEALTH = """
    SELECT (SELECT count(*) FROM procrastinate_workers
            WHERE last_heartbeat >= now() - make_interval(secs => %(after)s)),
        (SELECT max(last_heartbeat) FROM procrastinate_workers),
        count(*) FILTER (WHERE job.due_at <= now()),
        now() - min(job.due_at) FILTER (WHERE job.due_at <= now())
    FROM (
        SELECT coalesce(j.scheduled_at,
            (SELECT min(at) FROM procrastinate_events e WHERE e.job_id = j.id)) AS due_at
        FROM procrastinate_jobs j
        WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())
    ) job
"""


@dataclass(frozen=True, slots=True)
class Health:
    """How many workers live, when one last gave a sign of it, how many jobs are due, and for how
    long the first of them has been."""

    workers: int
    last_seen: datetime | None
    due: int
    longest: timedelta | None

    @property
    def lives(self) -> bool:
        """Whether a worker gives signs of life."""
        return self.workers > 0

    @property
    def waits_long(self) -> bool:
        """Whether a job that is due has been waiting for longer than is usual."""
        return self.longest is not None and self.longest > LONG


def health() -> Health:
    """How it stands now; one SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(HEALTH, {"after": STALLED_AFTER})
        return Health(*cursor.fetchone())
