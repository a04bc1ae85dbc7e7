"""Filters: how numbers, times and names read on the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zlib import crc32

from django.utils.timezone import get_default_timezone
from markupsafe import Markup

from heliodesk.core import clock
from heliodesk.web.shell import initials

HUES = 8
#: Written by hand: `strftime` takes longer than all the rest of a moment.
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def local(moment: datetime) -> datetime:
    """The moment in the desk's zone. There is but one; Django's `localtime` looks up each time
    whether this request has another."""
    return moment.astimezone(get_default_timezone())


@lru_cache(maxsize=20_000)
def _opening(moment: datetime) -> str:
    """The opening tag with the exact moment. A list shows the same moments again and again, and
    a time zone's conversion costs more than all else in a cell."""
    stamp = moment.astimezone(UTC).isoformat(timespec="seconds")[:-6]  # without its +00:00
    here = local(moment)
    full = f"{DAYS[here.weekday()]} {_date(here)}, {_hour(here, f':{here.second:02}')}"
    return f'<time datetime="{stamp}Z" title="{full} {here.tzname()}">'


def _date(here: datetime) -> str:
    return f"{MONTHS[here.month]} {here.day}, {here.year}"


def _hour(here: datetime, seconds: str = "") -> str:
    half = "AM" if here.hour < 12 else "PM"
    return f"{here.hour % 12 or 12}:{here.minute:02}{seconds} {half}"


def _time(moment: datetime, words: str) -> Markup:
    """`words` are of the functions below: numbers, months and units, with nothing to escape."""
    return Markup(f"{_opening(moment)}{words}</time>")  # noqa: S704 - our own words and numbers


@lru_cache(maxsize=20_000)
def _spoken(moment: datetime, this_year: int) -> Markup:
    here = local(moment)
    year = "" if here.year == this_year else f", {here.year}"
    return _time(moment, f"{MONTHS[here.month]} {here.day}{year}, {_hour(here)}")


def moment(value: datetime) -> Markup:
    """Day and time in the desk's zone: `Nov 21, 5:17 PM`, with the year when it is not this one."""
    return _spoken(value, local(clock.now()).year)


@lru_cache(maxsize=20_000)
def _day(moment: datetime) -> Markup:
    return _time(moment, day_name(moment))


def day(value: datetime | date) -> Markup:
    """The day in the desk's time zone: `Nov 21, 2026`."""
    if isinstance(value, datetime):
        return _day(value)
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), f"{value:%b %-d, %Y}")


@lru_cache(maxsize=20_000)
def day_name(moment: datetime) -> str:
    """The day in the desk's time zone as text: what two moments of one day share."""
    return _date(local(moment))


def span(value: timedelta) -> str:
    """A length of time in its two largest units: `3 d 4 h`, `2 h 5 min`, `under 1 min`."""
    seconds = max(int(value.total_seconds()), 0)
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return f"{days} d {hours} h" if days < 100 else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else "under 1 min"


def age(value: datetime) -> Markup:
    """How long ago, as `span` says it, with the exact moment as the tooltip."""
    return Markup(aged(value, clock.now()))  # noqa: S704 - our own words and numbers


def aged(value: datetime, at: datetime) -> str:
    """As `age` says it at that moment; markup, for the many rows of a list."""
    return f"{_opening(value)}{span(at - value)}</time>"


def eight(number: int | str) -> str:
    """A case number with its eight digits: 42 is `00000042`."""
    return f"{int(number):08d}"


def plural(count: int, one: str, many: str = "") -> str:
    """`1 case`, `1,204 cases`; `many` where an s does not do."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def hue(name: str) -> int:
    """The same one of eight avatar colours for the same name, always."""
    return crc32(name.encode()) % HUES


FILTERS: dict[str, Callable[..., Any]] = {
    "moment": moment,
    "day": day,
    "day_name": day_name,
    "span": span,
    "age": age,
    "eight": eight,
    "plural": plural,
    "initials": initials,
    "hue": hue,
}
