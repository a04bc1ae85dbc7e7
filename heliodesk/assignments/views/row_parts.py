"""The rows of a department's list as markup: all but what the clock moves is rendered once and
kept, as the rows of a queue are (`list_views/views/rows.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import uuid4

from markupsafe import Markup, escape

from heliodesk.assignments.queries.rows import AssignmentRow
from heliodesk.core import clock
from heliodesk.people.access import Actor
from heliodesk.web.filters import age, span
from heliodesk.web.macros import macros

KEPT = 4_000  # rows, of about three kilobytes
MOVES = uuid4().hex  # stands where something comes that the clock moves; no text has it


@dataclass(frozen=True, slots=True)
class Look:
    """How a list shows its rows: `ended` those that have, `department` with a column for it,
    `acts` where the person is of the departments that are shown, and `back`, the list's own
    address, to come back to after acting."""

    ended: bool = False
    department: bool = False
    acts: bool = False
    back: str = ""


def rows_markup(rows: Iterable[AssignmentRow], look: Look, *, by: Actor) -> Markup:
    """The rows of the table's body."""
    year = clock.today().year
    pieces: list[str] = []
    for row in rows:
        parts = _parts(row, acts_offered(row, by) if look.acts else "", look, year)
        moving = _moving(row, look)
        pieces.append(parts[0])
        for value, part in zip(moving, parts[1:], strict=True):
            pieces += (value, part)
    return Markup("".join(pieces))  # noqa: S704 - rendered by the template, which escapes


def acts_offered(row: AssignmentRow, by: Actor) -> str:
    """Which acts the row offers: those of one that nobody has, that is one's own, or another's."""
    if not row.stands:
        return ""
    if row.assignee_id is None:
        return "open"
    return "mine" if row.assignee_id == by.user_id else "theirs"


def _moving(row: AssignmentRow, look: Look) -> list[str]:
    """What the clock moves, in the order in which the row shows it."""
    if look.ended:
        return []
    waits = [_left(row)] if row.asked_until and not row.was_escalated else []
    return [str(age(row.created_at)), str(age(row.acted_at)), *waits]


def _left(row: AssignmentRow) -> str:
    return f"{escape(span(row.left))} left" if row.left else "due"


@lru_cache(maxsize=KEPT)
def _parts(row: AssignmentRow, acts: str, look: Look, year: int) -> list[str]:
    """What stands around that. The year decides how a day is written."""
    return str(macros("assignments/assignment_row.html").row(row, acts, look, MOVES)).split(MOVES)
