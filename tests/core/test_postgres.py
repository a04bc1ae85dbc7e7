"""Moments come from PostgreSQL as they went there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection

MOMENTS = [
    datetime(2026, 11, 22, 4, 31, 2, 207054, tzinfo=UTC),
    datetime(2026, 11, 22, 4, 31, 2, 200000, tzinfo=UTC),
    datetime(1999, 1, 1, tzinfo=UTC),
    datetime(2026, 3, 8, 2, 30, tzinfo=timezone(timedelta(hours=-8))),
]


@pytest.mark.django_db
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_comes_back_in_utc(moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, NULL::timestamptz", [moment])
        found, nothing = cursor.fetchone()
    assert found == moment
    assert found.tzinfo is UTC
    assert nothing is None
