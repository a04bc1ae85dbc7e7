"""The rows of My desk as markup: all but what the clock moves is rendered once and kept, as the
rows of a list are (`list_views/views/rows.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import zip_longest
from uuid import uuid4

from markupsafe import Markup

from heliodesk.core import clock
from heliodesk.web.filters import aged
from heliodesk.web.macros import macros
from heliodesk.worklists.queries.desk import DeskCase
from heliodesk.worklists.queries.rows import CaseRow

KEPT = 4_000  # rows, of about a kilobyte
AGE = uuid4().hex  # stands where an age comes; made anew by each process, so no text has it


def rows_markup(cases: Iterable[DeskCase]) -> Markup:
    """The rows of a group's body."""
    at, year = clock.now(), clock.today().year
    pieces: list[str] = []
    for case in cases:
        parts = _parts(case.row, case.departments, bool(case.late), case.is_due, year)
        asked = [case.asked_since] if case.departments and case.asked_since else []
        ages = [*asked, case.row.created_at, case.row.review_due_from]
        for part, since in zip_longest(parts, ages):
            pieces += (part, aged(since, at) if since else "")
    return Markup("".join(pieces))  # noqa: S704 - rendered by the template, which escapes


@lru_cache(maxsize=KEPT)
def _parts(row: CaseRow, departments: str, late: bool, is_due: bool, year: int) -> tuple[str, ...]:
    """What stands before, between and after the ages. The year decides how a day is written."""
    made = macros("worklists/desk_row.html").row(row, departments, late, is_due, AGE)
    return tuple(str(made).split(AGE))
