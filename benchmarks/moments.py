"""Moments of a desk's past, in whole seconds, and as PostgreSQL reads them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate

HOUR, DAY = 3_600, 86_400
HISTORY = 730  # days
FUTURE = 30  # days
QUIET = 0.2  # of a working day's work is done on a day of the weekend
OPENS, CLOSES = 14 * HOUR, 25 * HOUR  # the working day, in UTC
MINUTES = [f" {minute // 60:02d}:{minute % 60:02d}:" for minute in range(1440)]
SECONDS = [f"{second:02d}+00" for second in range(60)]


class Moments:
    """Two years up to `now`; more happens on working days."""

    def __init__(self, now: datetime, random: Callable[[], float]) -> None:
        self.now = int(now.timestamp())
        self.first = (self.now // DAY - HISTORY) * DAY
        began = datetime.fromtimestamp(self.first, UTC)
        days = [began + timedelta(days=day) for day in range(HISTORY + FUTURE)]
        self.days = [f"{day:%Y-%m-%d}" for day in days]
        weights = (QUIET if day.weekday() > 4 else 1.0 for day in days[:HISTORY])
        self.passed = list(accumulate(weights, initial=0.0))
        self.random = random

    def text(self, moment: int | None) -> str | None:
        """As COPY takes it."""
        if moment is None:
            return None
        day, second = divmod(moment - self.first, DAY)
        return self.days[day] + MINUTES[second // 60] + SECONDS[second % 60]

    def at(self, share: float) -> int:
        """When that share of all that ever happened had happened."""
        wanted = share * self.passed[-1]
        day = min(bisect_right(self.passed, wanted), HISTORY) - 1
        part = (wanted - self.passed[day]) / (self.passed[day + 1] - self.passed[day])
        moment = self.first + day * DAY + OPENS + int(part * (CLOSES - OPENS))
        return min(moment, self.now - HOUR)

    def between(self, start: int, end: int) -> int:
        """One in between."""
        return start + int((end - start) * self.random())
