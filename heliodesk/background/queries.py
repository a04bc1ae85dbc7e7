"""The background jobs as administrators see them: what failed, runs, waits, and was done."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

SHOWN = 50  # of each

# `last` is when the job was begun or ended last; `wait_until` when it is due.
JOBS = f"""
    SELECT j.id, j.task_name, j.args::text, j.status::text, j.attempts, j.scheduled_at,
        (SELECT max(at) FROM procrastinate_events e WHERE e.job_id = j.id
            AND e.type NOT IN ('scheduled', 'deferred')),
        coalesce(f.summary, ''), coalesce(f.error, '')
    FROM (
        (SELECT * FROM procrastinate_jobs WHERE status = 'failed' ORDER BY id DESC LIMIT {SHOWN})
        UNION ALL
        (SELECT * FROM procrastinate_jobs WHERE status = 'doing' ORDER BY id LIMIT {SHOWN})
        UNION ALL
        (SELECT * FROM procrastinate_jobs WHERE status = 'todo'
            ORDER BY scheduled_at NULLS FIRST, id LIMIT {SHOWN})
    ) j LEFT JOIN core_jobfailure f ON f.job_id = j.id
"""  # noqa: S608 - a number of our own
COUNTS = """
    SELECT status::text, task_name, count(*) FROM procrastinate_jobs GROUP BY status, task_name
    ORDER BY task_name
"""


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job; `says` is what it does, `summary` and `error` why it failed last."""

    id: int
    name: str
    arguments: str
    status: str
    attempts: int
    due_at: datetime | None
    at: datetime | None
    summary: str
    error: str

    @property
    def says(self) -> str:
        """What the job does, in words."""
        return in_words(self.name)


@dataclass(frozen=True, slots=True)
class Jobs:
    """What there is of each, at most `SHOWN`, and how many in all; `done` by what they do."""

    failed: list[JobRow]
    running: list[JobRow]
    waiting: list[JobRow]
    counts: dict[str, int]
    done: list[tuple[str, int]]


def jobs() -> Jobs:
    """All of them; two SQL statements."""
    with connection.cursor() as cursor:
        cursor.execute(JOBS)
        rows = [_row(row) for row in cursor.fetchall()]
        cursor.execute(COUNTS)
        counted = cursor.fetchall()
    counts: dict[str, int] = {}
    for status, _, number in counted:
        counts[status] = counts.get(status, 0) + number
    done = [(in_words(name), number) for status, name, number in counted if status == "succeeded"]
    return Jobs(
        failed=[row for row in rows if row.status == "failed"],
        running=[row for row in rows if row.status == "doing"],
        waiting=[row for row in rows if row.status == "todo"],
        counts=counts,
        done=done,
    )


def in_words(name: str) -> str:
    """The first sentence of what the job's function says of itself; its name where it is gone."""
    task = app.tasks.get(name)
    words = " ".join(((task.func.__doc__ if task else "") or name).split("\n\n")[0].split())
    return words.split(": ")[0].removesuffix(".")


def _row(row: tuple[Any, ...]) -> JobRow:
    key, name, arguments, *rest = row
    given = json.loads(arguments)
    given.pop("timestamp", None)
    return JobRow(key, name, ", ".join(f"{k} {v}" for k, v in given.items()), *rest)
