"""The queue of background jobs, as tests look into it and work it off."""

from __future__ import annotations

from typing import Any

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob


def waiting(name: str) -> list[dict[str, Any]]:
    """The arguments of the jobs of that name which wait, in their order."""
    found = ProcrastinateJob.objects.filter(task_name=name, status="todo").order_by("id")
    return [job.args for job in found]


def status_of(name: str) -> list[str]:
    """How the jobs of that name stand, in their order."""
    found = ProcrastinateJob.objects.filter(task_name=name).order_by("id")
    return list(found.values_list("status", flat=True))


def put(name: str, status: str, **columns: Any) -> int:
    """A job in the table, as it would be after this and that; gives its ID."""
    columns = {"queue_name": "default", "task_name": name, "status": status} | columns
    names = ", ".join(columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO procrastinate_jobs ({names}) VALUES ({marks}) RETURNING id",
            list(columns.values()),
        )
        return int(cursor.fetchone()[0])


def worker_seen(seconds_ago: float) -> int:
    """A worker that gave its last sign of life then; gives its ID."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [seconds_ago],
        )
        return int(cursor.fetchone()[0])
