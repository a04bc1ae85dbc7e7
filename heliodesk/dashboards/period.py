"""The days that a dashboard looks at (V5): days of the desk's zone, first and last included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.list_views.filters.moments import start_of

USUAL = "30d"
#: What is offered, in this order.
RANGES = {
    "7d": "Last 7 days",
    "30d": "Last 30 days",
    "90d": "Last 90 days",
    "month": "This month",
    "own": "From – to",
}
LENGTHS = {"7d": 7, "30d": 30, "90d": 90}
LONGEST = 366  # days
DAILY = 45  # days; a longer range is shown by weeks: its bars would be too thin to hit
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One bar's worth of days, first and last included: a day, or a week of a longer range."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """As an axis has it: `Nov 3`, or the first day of the week."""
        return f"{self.first:%b} {self.first.day}"

    @property
    def words(self) -> str:
        """As it is read: `Tue, Nov 3`, or `Nov 2 – Nov 8`."""
        if self.first == self.last:
            return f"{self.first:%a}, {self.label}"
        return f"{self.label} – {self.last:%b} {self.last.day}"


@dataclass(frozen=True, slots=True)
class Period:
    """A range of days; `name` is one of `RANGES`."""

    name: str
    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """`Nov 1 – Nov 22, 2026`; one day alone where it is one."""
        last = f"{self.last:%b} {self.last.day}, {self.last.year}"
        if self.first == self.last:
            return last
        year = "" if self.first.year == self.last.year else f", {self.first.year}"
        return f"{self.first:%b} {self.first.day}{year} – {last}"

    @property
    def steps(self) -> tuple[Step, ...]:
        """Each day; each week from Monday on, cut off at both ends, where there are many."""
        return _steps(self.first, self.last)

    @property
    def starts(self) -> list[datetime]:
        """When each step begins, and when what comes after the last begins."""
        return [*(start_of(step.first) for step in self.steps), self.ends]

    @property
    def begins(self) -> datetime:
        """The first moment of the first day."""
        return start_of(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment after the last day."""
        return start_of(self.last + DAY)


@lru_cache(maxsize=100)
def _steps(first: date, last: date) -> tuple[Step, ...]:
    steps = []
    long = (last - first).days + 1 > DAILY
    while first <= last:
        end = min(first + timedelta(days=6 - first.weekday()), last) if long else first
        steps.append(Step(first, end))
        first = end + DAY
    return tuple(steps)


def named(name: str, now: date) -> Period:
    """One of the ranges which need nothing more, until today."""
    if name == "month":
        return Period(name, now.replace(day=1), now)
    return Period(name, now - timedelta(days=LENGTHS[name] - 1), now)


def read(name: str, first: str, last: str) -> tuple[Period, list[Refused]]:
    """The range that is asked for. What makes no sense is named, and the usual range kept."""
    now = clock.today()
    if name == "own" or (not name and (first or last)):
        return _own(first, last, now)
    if name and name not in RANGES:
        said = f"There is no range “{name}”. Shown are the last 30 days; choose one above."
        return named(USUAL, now), [Refused("range_unknown", said, rule="V5")]
    return named(name or USUAL, now), []


def _own(first: str, last: str, now: date) -> tuple[Period, list[Refused]]:
    begin, end = _day(first), _day(last) if last else now
    said = _senseless(begin, end, now)
    if said or begin is None or end is None:
        said = f"{said} Shown are the last 30 days."
        return named(USUAL, now), [Refused("range_senseless", said, rule="V5", field="from")]
    if end > now:
        note = "The range ends in the future. It is shown until today."
        return Period("own", begin, now), [Refused("range_future", note, rule="V5", field="to")]
    return Period("own", begin, end), []


def _senseless(begin: date | None, end: date | None, now: date) -> str:
    """What is wrong with the two days, and what to do instead; empty where nothing is."""
    if begin is None or end is None:
        return "Give the first and the last day, such as 2026-11-01."
    if begin > end:
        return "The first day is after the last one. Exchange them."
    if begin > now:
        return "The range begins in the future. Choose a first day up to today."
    if (end - begin).days >= LONGEST:
        return f"The range is longer than {LONGEST} days. Look at one year at a time."
    return ""


def _day(text: str) -> date | None:
    """The day written as 2026-11-01; None where it is none, or beyond what can be shown."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year < 2200 else None
