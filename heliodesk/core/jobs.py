"""Background work, deferred in the transaction of the rule that needs it: a job exists exactly
when its change does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from procrastinate.contrib.django import app


def defer(
    name: str, *, at: datetime | None = None, once: str | None = None, **arguments: Any
) -> None:
    """Put the job called `name` (`app.jobs.function`) into the queue, with JSON `arguments`.

    It runs after the transaction, or at `at` (UTC). With `once` it is left out while another with
    the same key waits. Jobs may run twice when a worker is killed: they look before they act.
    """
    options: Mapping[str, Any] = {"schedule_at": at, "queueing_lock": once}
    app.configure_task(name, allow_unknown=False, **options).defer(**arguments)
