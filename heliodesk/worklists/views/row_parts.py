"""The rows of a queue's list as markup: all but the age is rendered once and kept.

Everybody who works a queue looks at the same rows, and rendering fifty of them is most of a page.
A row is kept by its values, so that a changed case is simply another row.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any
from uuid import uuid4

from django.template import engines
from markupsafe import Markup

from heliodesk.core import clock
from heliodesk.web.filters import aged
from heliodesk.worklists.queries.rows import CaseRow

KEPT = 4_000  # rows, of about two kilobytes
AGE = uuid4().hex  # stands where the age comes; made anew by each process, so no text has it


def rows_markup(cases: Iterable[CaseRow], *, is_mine: bool) -> Markup:
    """The rows of the table's body; `is_mine` where the person may take them."""
    at, year = clock.now(), clock.today().year
    pieces: list[str] = []
    for case in cases:
        before, after = _parts(case, is_mine, year)
        pieces += (before, aged(case.created_at, at), after)
    return Markup("".join(pieces))  # noqa: S704 - rendered by the template, which escapes


@lru_cache(maxsize=KEPT)
def _parts(case: CaseRow, is_mine: bool, year: int) -> tuple[str, str]:
    """What stands before and after the age. The year decides how a day is written."""
    before, _, after = str(_macros().row(case, is_mine, AGE)).partition(AGE)
    return before, after


@cache
def _macros() -> Any:
    """The macros of queue_row.html."""
    return engines["jinja2"].env.get_template("worklists/queue_row.html").module  # type: ignore[attr-defined]
