"""When people work: weekdays from seven to seven on the desk's clock, few on weekends."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

BEHIND_UTC = timedelta(hours=8)  # the Pacific coast in winter; an hour either way is no matter
OPENS, SHUTS = 7, 19
SATURDAY = 5


def working(rng: Random, at: datetime) -> datetime:
    """`at`, or the first time after it when somebody is likely to be at work."""
    local = at - BEHIND_UTC
    if local.hour >= SHUTS or (local.weekday() >= SATURDAY and rng.random() < 0.8):
        local = _morning(rng, local + timedelta(days=1))
    elif local.hour < OPENS:
        local = _morning(rng, local)
    while local.weekday() >= SATURDAY and rng.random() < 0.8:
        local = _morning(rng, local + timedelta(days=1))
    return local + BEHIND_UTC


def _morning(rng: Random, day: datetime) -> datetime:
    opening = day.replace(hour=OPENS, minute=0, second=0)
    return opening + timedelta(seconds=rng.randint(60, 4 * 3600))


def some_day_part(rng: Random, day: datetime) -> datetime:
    """A moment of that day in working hours, mornings busier than evenings."""
    hour = rng.choices(range(OPENS, SHUTS), (4, 8, 11, 12, 10, 8, 9, 9, 8, 6, 4, 2))[0]
    minute, second = rng.randint(0, 59), rng.randint(0, 59)
    local = (day - BEHIND_UTC).replace(hour=hour, minute=minute, second=second)
    return local + BEHIND_UTC


def noon(day: date) -> datetime:
    """Noon of that day on the desk's clock."""
    return datetime.combine(day, time(12), UTC) + BEHIND_UTC
