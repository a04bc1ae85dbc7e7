"""Keeping the queue of background jobs in order: what a killed worker left, and what is over."""

from __future__ import annotations

import os

from django.db import connection, transaction

from heliodesk.core.retries import ATTEMPTS

#: Seconds between two signs of life of a worker; after four without one its jobs are another's.
HEARTBEAT = float(os.environ.get("HELIODESK_WORKER_HEARTBEAT", "5"))
STALLED_AFTER = 4 * HEARTBEAT
#: Seconds between two looks of a worker into the queue; see docs/decisions/background-work.md.
LOOK_EVERY = float(os.environ.get("HELIODESK_WORKER_LOOK", "1"))

# Hours.
DONE_KEPT_FOR = 24
FAILED_KEPT_FOR = 30 * 24
TRIED_AGAIN_KEPT_FOR = 2 * 24

# PostgreSQL's clock throughout: it wrote the heartbeats and the events. Without the key of `once`
# a job that goes back can never collide with one that waits.
RETRY_STALLED = """
    WITH stalled AS (
        SELECT job.id FROM procrastinate_jobs job
        LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
        WHERE job.status = 'doing'
            AND (worker.id IS NULL
                OR worker.last_heartbeat < now() - make_interval(secs => %(after)s))
        FOR UPDATE OF job SKIP LOCKED
    )
    UPDATE procrastinate_jobs job SET
        status = CASE WHEN attempts + 1 < %(attempts)s THEN 'todo' ELSE 'failed' END
            ::procrastinate_job_status,
        attempts = attempts + 1, scheduled_at = now(), worker_id = NULL, queueing_lock = NULL
    FROM stalled WHERE job.id = stalled.id
"""
RETRY_FAILED = """
    UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = now(),
        worker_id = NULL, queueing_lock = NULL
    WHERE status = 'failed' AND (%(id)s::bigint IS NULL OR id = %(id)s::bigint)
"""
RELEASE_KEY = "UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = %s"
FORGET = """
    DELETE FROM procrastinate_jobs job
    WHERE job.status::text = ANY(%(statuses)s) AND (%(names)s::text[] IS NULL
            OR job.task_name = ANY(%(names)s::text[]))
        AND NOT EXISTS (SELECT FROM procrastinate_events event
            WHERE event.job_id = job.id AND event.at > now() - make_interval(hours => %(kept)s))
"""
FORGET_FAILURES = """
    DELETE FROM core_jobfailure failure
    WHERE NOT EXISTS (SELECT FROM procrastinate_jobs job WHERE job.id = failure.job_id)
"""
FORGET_WORKERS = """
    DELETE FROM procrastinate_workers WHERE last_heartbeat < now() - interval '1 day'
"""


def retry_stalled() -> int:
    """Put back into the queue what a worker had begun that gives no sign of life any more; gives
    how many. One that has ended its worker too often has failed."""
    with connection.cursor() as cursor:
        cursor.execute(RETRY_STALLED, {"after": STALLED_AFTER, "attempts": ATTEMPTS})
        return int(cursor.rowcount)


def retry_failed(job_id: int) -> bool:
    """Let a job that has failed begin anew, at once; False where it has not failed (any more)."""
    with connection.cursor() as cursor:
        cursor.execute(RETRY_FAILED, {"id": job_id})
        return bool(cursor.rowcount == 1)


def retry_all_failed() -> int:
    """The same for all that failed; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(RETRY_FAILED, {"id": None})
        return int(cursor.rowcount)


def release_key(job_id: int) -> None:
    """Take the key of `once` from a job that has begun: should it have to be tried again, another
    with the key may be waiting by then."""
    with connection.cursor() as cursor:
        cursor.execute(RELEASE_KEY, [job_id])


def forget_finished(coming_by_themselves: list[str]) -> int:
    """Forget jobs that are over: done ones after a day, failed ones after thirty, and after two
    those of the jobs that come again by themselves; gives how many."""
    done = ["succeeded", "cancelled", "aborted"]
    with transaction.atomic(), connection.cursor() as cursor:
        forgotten = 0
        for statuses, names, kept in (
            (done, None, DONE_KEPT_FOR),
            (["failed"], None, FAILED_KEPT_FOR),
            (["failed"], coming_by_themselves, TRIED_AGAIN_KEPT_FOR),
        ):
            cursor.execute(FORGET, {"statuses": statuses, "names": names, "kept": kept})
            forgotten += cursor.rowcount
        cursor.execute(FORGET_FAILURES)
        cursor.execute(FORGET_WORKERS)
    return forgotten
