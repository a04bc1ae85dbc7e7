"""What somebody of a department has to do (V1): what they accepted, what nobody has, and what is
asked after; and what comes next, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from heliodesk.assignments.queries.orders import AssignmentOrder
from heliodesk.assignments.queries.rows import STANDS, AssignmentRow, first
from heliodesk.core import clock
from heliodesk.people.access import Actor
from heliodesk.web.filters import span

MOST = 200  # rows that the desk reads; the lists have them all
STEPS = 6
#: What others of the department have accepted is theirs to do, but for what is asked after.
TO_DO = f"""
    a.department_id = ANY(%(departments)s) AND {STANDS}
    AND (a.assignee_id = %(person)s OR a.status = 'open' OR f.id IS NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class Step:
    """An assignment to turn to, why, and the icon of the first reason."""

    row: AssignmentRow
    why: str
    icon: str


@dataclass(frozen=True, slots=True)
class MemberDesk:
    """The person's own, what nobody has accepted, and what somebody asks after, each in the order
    of work; `more` where there was more to read than `MOST`."""

    mine: list[AssignmentRow]
    unaccepted: list[AssignmentRow]
    asked_after: list[AssignmentRow]
    steps: list[Step]
    more: bool


def member_desk(by: Actor) -> MemberDesk:
    """What `by` has to do for their departments. One SQL statement."""
    values = {"departments": list(by.department_ids), "person": by.person_id}
    found = first(TO_DO, values, AssignmentOrder.named(""), MOST + 1)
    rows = found[:MOST]
    return MemberDesk(
        mine=[row for row in rows if row.assignee_id == by.user_id],
        unaccepted=[row for row in rows if row.assignee_id is None],
        asked_after=[row for row in rows if row.asked_until],
        steps=next_steps(rows, by=by),
        more=len(found) > MOST,
    )


def next_steps(rows: Iterable[AssignmentRow], *, by: Actor) -> list[Step]:
    """The assignments to turn to, the strongest reason first, at most `STEPS`."""
    ranked = []
    for row in rows:
        reasons = sorted(_reasons(row, is_mine=row.assignee_id == by.user_id))
        if reasons:
            rank, icon, _ = reasons[0]
            why = " · ".join(words for _, _, words in reasons)
            ranked.append(((rank, row.acted_at), Step(row, why, icon)))
    return [step for _, step in sorted(ranked, key=lambda pair: pair[0])[:STEPS]]


def _reasons(row: AssignmentRow, *, is_mine: bool) -> list[tuple[int, str, str]]:
    """Rank, icon and words of each reason that holds."""
    now = clock.now()
    reasons = []
    if row.was_escalated:
        reasons.append((0, "alarm-clock", "Asked after and escalated: it still has no answer"))
    elif row.asked_until:
        left = f"{span(row.left)} left to answer" if row.left else "the answer is due"
        reasons.append((1, "bell-ring", f"Support asks after it: {left}"))
    if row.assignee and not is_mine:
        reasons.append((9, "user-check", f"{row.assignee} has it"))
        return reasons
    if row.is_overdue:
        idle = span(now - row.acted_at)
        reasons.append((2, "hourglass", f"Overdue: nobody has acted on it for {idle}"))
    if row.high:
        reasons.append((3 if is_mine else 5, "chevrons-up", "High priority"))
    if is_mine:
        reasons.append(
            (4, "user-check", f"You accepted it; last act {span(now - row.acted_at)} ago")
        )
    elif not (row.is_overdue and row.acted_at == row.created_at):  # that says so already
        waits = span(now - row.created_at)
        reasons.append((6, "inbox", f"Nobody has accepted it for {waits}"))
    return reasons
