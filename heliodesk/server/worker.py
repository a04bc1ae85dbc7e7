"""Runs background jobs until told to stop: `python -m heliodesk.server.worker CONCURRENCY`.

A process of its own, started by `heliodesk.server.supervise` with the environment complete.
"""

from __future__ import annotations

import os
import sys

import django
from procrastinate import PsycopgConnector

from heliodesk.server.parent import end_without_parent
from heliodesk.server.prepare import refuse_missing_migrations
from heliodesk.server.terminal import reporting_problems

STOP_LIMIT = 10  # seconds for jobs under way


def main(concurrency: str) -> None:
    """Run up to `concurrency` jobs at a time, each in a thread with its own database connection."""
    os.environ["HELIODESK_POOL"] = concurrency
    end_without_parent()
    django.setup()
    refuse_missing_migrations()
    run(int(concurrency))


def run(concurrency: int) -> None:
    """Take jobs from the queue until SIGTERM or SIGINT.

    The queue is read by connections of its own; `core.jobs.defer` goes on using Django's, so that
    what a job defers stands and falls with its own transaction.
    """
    from procrastinate.contrib.django import app, connector_params

    from heliodesk.core.upkeep import HEARTBEAT, LOOK_EVERY, STALLED_AFTER

    catch_up()
    own = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2)
    with app.replace_connector(own):
        app.run_worker(
            concurrency=concurrency,
            name="heliodesk",
            listen_notify=False,
            fetch_job_polling_interval=LOOK_EVERY,
            shutdown_graceful_timeout=STOP_LIMIT,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED_AFTER,
        )


def catch_up() -> None:
    """Put every periodic job into the queue: each does what became due while no worker ran."""
    from django.db import close_old_connections

    from heliodesk.core.jobs import coming_by_themselves, defer

    for name in coming_by_themselves():
        defer(name, once=name)
    close_old_connections()


if __name__ == "__main__":
    with reporting_problems():
        main(*sys.argv[1:])
