"""Days and spans in the time zone of the desk (Los Angeles in tests)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from heliodesk.list_views.filters import moments
from tests.clocks import Clock

#: Sunday evening in Los Angeles, Monday already in UTC; clocks went back three weeks before.
EVENING = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("operator", "value", "first", "end"),
    [
        ("is", "today", "2026-11-22T08:00", "2026-11-23T08:00"),
        ("is", "yesterday", "2026-11-21T08:00", "2026-11-22T08:00"),
        ("is", "tomorrow", "2026-11-23T08:00", "2026-11-24T08:00"),
        ("is", "this_week", "2026-11-16T08:00", "2026-11-23T08:00"),
        ("is", "last_week", "2026-11-09T08:00", "2026-11-16T08:00"),
        ("is", "this_month", "2026-11-01T07:00", "2026-12-01T08:00"),
        ("is", "last_month", "2026-10-01T07:00", "2026-11-01T07:00"),
        ("is", "this_year", "2026-01-01T08:00", "2027-01-01T08:00"),
        ("last", "24h", "2026-11-22T04:30", "2026-11-23T04:30"),
        ("last", "7d", "2026-11-16T04:30", "2026-11-23T04:30"),
        ("last", "4w", "2026-10-26T03:30", "2026-11-23T04:30"),
        ("next", "3m", "2026-11-23T04:30", "2027-02-23T04:30"),
        ("older", "9m", None, "2026-02-23T04:30"),
        ("on", "2026-11-01", "2026-11-01T07:00", "2026-11-02T08:00"),
        ("before", "2026-11-01", None, "2026-11-01T07:00"),
        ("after", "2026-11-01", "2026-11-02T08:00", None),
        ("between", "2026-11-01..2026-11-22", "2026-11-01T07:00", "2026-11-23T08:00"),
    ],
)
def test_spans_begin_and_end_by_the_desks_clock(
    operator: str, value: str, first: str | None, end: str | None, still: Clock
) -> None:
    still.at = EVENING

    found = moments.span(operator, value)

    assert [moment and f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M}" for moment in found] == [
        first,
        end,
    ]


def test_a_month_back_from_a_longer_month_is_its_last_day(still: Clock) -> None:
    still.at = datetime(2026, 3, 31, 20, 0, tzinfo=UTC)

    first, _ = moments.span("last", "1m")

    assert first is not None
    assert f"{first:%Y-%m-%d}" == "2026-02-28"
