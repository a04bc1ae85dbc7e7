"""The cast, standing in its tables through the tests of a file that ask for it.

Inserting it takes PostgreSQL longer than most tests do. So it is inserted in a transaction around
several tests, each of which has a savepoint there in the place of a transaction of its own.
`now()` in SQL is when that transaction began: seconds ago at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from tests import kept
from tests.cast import Cast, make_cast


class Standing:
    """The transaction that holds the cast, if there is one."""

    def __init__(self) -> None:
        self._around: transaction.Atomic | None = None
        self._of: Path | None = None

    def of(self, path: Path) -> None:
        """The cast stands, for the tests of this file."""
        broken = connection.closed_in_transaction or connection.needs_rollback
        if self._of == path and not broken:
            return
        self.leave()
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]  # as Django's: it may hold durable ones
        around.__enter__()
        self._around, self._of = around, path
        kept.insert(make_cast)
        connection.check_constraints()  # here, or each test would look up what the cast refers to

    def leave(self) -> None:
        """The tables are as they were before it stood."""
        if self._around is None:
            return
        if not connection.closed_in_transaction:
            transaction.set_rollback(True)
        self._around.__exit__(None, None, None)
        self._around = self._of = None

    @contextmanager
    def without(self) -> Iterator[None]:
        """It does not stand, and is not asked for in here."""
        self.leave()
        yield

    def cast(self) -> Cast:
        """The cast with instances that nobody has touched, inserted unless it stands."""
        return kept.insert(make_cast) if self._around is None else kept.inserted()
