"""The figures of one chart as a table: what is drawn, what is read aloud and what is exported are
the same rows (V5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from heliodesk.web.filters import span


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its value (None: there is none), the words for it, and the list behind it."""

    value: float | None
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of figures is; `tone` is its colour in a chart, `unit` what a CSV says."""

    name: str
    tone: str = ""
    unit: str = ""
    #: The largest figure, for a bar beside each; 0 draws none.
    most: float = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of figures: its label, how it is said in full, where the label leads, and the day
    that it begins with, such as 2026-11-03, where it is one of time."""

    label: str
    words: str
    cells: tuple[Cell, ...]
    url: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures of one chart; `of` is the heading of the labels. A value, so that what is drawn
    from it is kept by it."""

    key: str
    title: str
    of: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    stacked: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but zeroes in it."""
        return not any(cell.value for row in self.rows for cell in row.cells)

    def total(self, place: int) -> int:
        """The sum of a column of counts."""
        return sum(int(row.cells[place].value or 0) for row in self.rows)


def number(count: int, url: str = "") -> Cell:
    """A count; of nothing there is no list."""
    return Cell(count, f"{count:,}", url if count else "")


def share(part: float | None) -> Cell:
    """A share, in per cent."""
    return Cell(None, "–") if part is None else Cell(round(part * 100, 1), f"{part:.0%}")


def length(time: timedelta | None) -> Cell:
    """A length of time, in hours."""
    if time is None:
        return Cell(None, "–")
    return Cell(round(time.total_seconds() / 3600, 2), span(time))


def most(rows: Iterable[Row], place: int) -> float:
    """The largest figure of a column."""
    return max((row.cells[place].value or 0 for row in rows), default=0)
