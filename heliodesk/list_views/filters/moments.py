"""Days and spans as filters say them, in the time zone of the desk."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from heliodesk.core import clock

#: From the first moment (included) to the last (excluded); None is open.
Span = tuple[datetime | None, datetime | None]

_AGO = re.compile(r"([1-9][0-9]{0,3})([hdwm])\Z")
_DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]\Z")
UNITS = {"h": "hours", "d": "days", "w": "weeks", "m": "months"}


def is_day(text: str) -> bool:
    """Whether the text is a day that there is, such as `2026-11-22`."""
    try:
        return bool(_DAY.match(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_length(text: str) -> bool:
    """Whether the text is a length of time, such as `7d`, `24h`, `4w`, `3m`."""
    return bool(_AGO.match(text))


def start_of(day: date) -> datetime:
    """The first moment of the day."""
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def back(length: str, now: datetime) -> datetime:
    """The moment that long before now."""
    return _moved(length, now, -1)


def ahead(length: str, now: datetime) -> datetime:
    """The moment that long after now."""
    return _moved(length, now, 1)


def _moved(length: str, now: datetime, way: int) -> datetime:
    found = _AGO.match(length)
    if found is None:
        raise ValueError(f"{length} is no length of time")
    number, unit = int(found[1]) * way, found[2]
    if unit == "h":
        return now + timedelta(hours=number)
    here = clock.local(now)
    day = (
        _months(here.date(), number)
        if unit == "m"
        else here.date() + timedelta(days=number * (7 if unit == "w" else 1))
    )
    return datetime.combine(day, here.timetz())


def _months(day: date, number: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


#: What `is` means of a moment: first day, and the day after the last.
NAMED: dict[str, Callable[[date], tuple[date, date]]] = {
    "today": lambda day: (day, day + timedelta(1)),
    "yesterday": lambda day: (day - timedelta(1), day),
    "tomorrow": lambda day: (day + timedelta(1), day + timedelta(2)),
    "this_week": lambda day: (_week(day), _week(day) + timedelta(7)),
    "last_week": lambda day: (_week(day) - timedelta(7), _week(day)),
    "this_month": lambda day: (_month(day), _months(_month(day), 1)),
    "last_month": lambda day: (_months(_month(day), -1), _month(day)),
    "this_year": lambda day: (date(day.year, 1, 1), date(day.year + 1, 1, 1)),
}


def span(operator: str, value: str) -> Span:
    """What the operator and its value mean now."""
    now = clock.now()
    if operator == "last":
        return back(value, now), now + timedelta(microseconds=1)  # now included
    if operator == "older":
        return None, back(value, now)
    if operator == "next":
        return now, ahead(value, now)
    if operator == "is":
        first, end = NAMED[value](clock.today())
        return start_of(first), start_of(end)
    return _days(operator, value)


def _days(operator: str, value: str) -> Span:
    first, _, last = value.partition("..")
    start = start_of(date.fromisoformat(first))
    end = start_of(date.fromisoformat(last or first) + timedelta(1))
    return {"on": (start, end), "before": (None, start), "after": (end, None)}.get(
        operator, (start, end)
    )
