"""Every test ends in a rollback, which costs no more than it has to."""

from __future__ import annotations

import re

from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TestCase
from psycopg._preparing import PrepareManager
from psycopg.pq import TransactionStatus

#: What makes psycopg drop the plans of a connection; a rollback does, too, as it may undo tables.
DROPS_PLANS = re.compile(rb"^(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b").match
PLANS = 1_000


def keep_plans() -> None:
    """Let what was prepared outlive a test: no table is made in one that is rolled back."""
    PrepareManager._should_discard.__defaults__ = (DROPS_PLANS,)
    PrepareManager.prepared_max = PLANS


def may_be_checked(_test: TestCase, connection: BaseDatabaseWrapper) -> bool:
    """In the place of `TestCase._should_check_constraints`, which asks the server whether it is
    there, as if it could have gone."""
    if connection.needs_rollback or connection.connection is None:
        return False
    return bool(connection.connection.info.transaction_status == TransactionStatus.INTRANS)
