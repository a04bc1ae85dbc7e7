"""What a search may take: a time limit, and no plan that reads a whole table (V4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

LIMIT = 2_000  # milliseconds that one statement may take

BOUNDS = """
SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true),
    set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)
"""


class TooSlow(Exception):
    """A statement took longer than a search may take."""


@contextmanager
def bounded(also: str = "", params: Sequence[str] = (), *, limit: int = 0) -> Iterator[list[str]]:
    """A transaction in which each statement ends within `limit` milliseconds (`LIMIT` where none is
    given), or raises `TooSlow`.

    `also` are expressions to be asked with it, each with a leading comma; gives their values.
    """
    try:
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(BOUNDS.rstrip() + also, [str(limit or LIMIT), *params])
            row = cursor.fetchone()
            yield list(row[4:])
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlow from error
        raise
