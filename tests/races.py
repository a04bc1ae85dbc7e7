"""Two people at once, each with a database connection of their own."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.db import IntegrityError, connection, connections, transaction

from heliodesk.core.refusal import Refused

WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s"


def overtaken(first: Callable[[], object], second: Callable[[], object]) -> str:
    """Run `second` while the transaction of `first` is still open, and then end that one.

    Gives the code of the refusal of `second`, or the name of the constraint; "" where it went
    through. `second` has either ended or waits for a lock when `first` commits.
    """
    begun, ended = Event(), Event()

    def lead() -> None:
        try:
            with transaction.atomic():
                first()
                begun.set()
                until = time.monotonic() + 10
                while not ended.is_set() and not _somebody_waits() and time.monotonic() < until:
                    time.sleep(0.01)
        finally:
            begun.set()
            connections.close_all()

    def follow() -> str:
        try:
            begun.wait(timeout=20)
            second()
        except Refused as refused:
            return refused.code
        except IntegrityError as error:
            return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", error))
        finally:
            ended.set()
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        leading, following = pool.submit(lead), pool.submit(follow)
        leading.result(timeout=30)
        return following.result(timeout=30)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees it only once
        cursor.execute(WAITS, [connection.settings_dict["NAME"]])
        row = cursor.fetchone()
    return bool(row and row[0])
