"""Whose time is over (retention)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from heliodesk.core import clock

COUNTED = 1_000  # more are not counted

#: Homeowners with closed cases only, and nothing since `before`: no case, no interaction, no
#: contract that goes on, no record of their own made since. Whoever was erased is so no second
#: time, unless there came a case since.
DUE = """
    SELECT a.id, a.name, (SELECT max(closed_at) FROM cases_case c WHERE c.account_id = a.id)
    FROM directory_account a
    WHERE a.kind = 'homeowner' AND a.created_at < %(before)s
        AND EXISTS (SELECT FROM cases_case c WHERE c.account_id = a.id)
        AND NOT EXISTS (SELECT FROM cases_case c WHERE c.account_id = a.id
            AND (c.status <> 'closed' OR c.closed_at >= %(before)s))
        AND NOT EXISTS (SELECT FROM directory_contract k WHERE k.account_id = a.id
            AND k.status IN ('active', 'pending', 'pending_cancellation'))
        AND NOT EXISTS (SELECT FROM cases_interaction i WHERE i.account_id = a.id
            AND i.at >= %(before)s)
        AND NOT EXISTS (SELECT FROM personal_data_erasure e WHERE e.account_id = a.id
            AND e.at >= (SELECT max(closed_at) FROM cases_case c WHERE c.account_id = a.id))
    ORDER BY a.id LIMIT %(limit)s
"""


class Due(NamedTuple):
    """A homeowner whose time is over, and when their last case was closed."""

    account_id: int
    name: str
    closed_at: datetime


def due(months: int, *, limit: int = COUNTED + 1) -> list[Due]:
    """Those, the first ones up to `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"before": before(months), "limit": limit})
        return [Due(*row) for row in cursor.fetchall()]


def before(months: int) -> datetime:
    """What is older is over: the same day so many months ago, or the last of that month."""
    now = clock.now()
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    for day in (now.day, 30, 29, 28):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
