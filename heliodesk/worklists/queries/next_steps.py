"""What somebody should do next, and why (V1): worked out from what My desk has read already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from heliodesk.cases.models import Status
from heliodesk.core import clock
from heliodesk.notices.models import NoticeKind
from heliodesk.web.filters import span
from heliodesk.worklists.queries.desk import DeskCase, DeskNotice
from heliodesk.worklists.queries.rows import CaseRow

MOST = 6
#: Rank, icon and words.
Reason = tuple[int, str, str]
ACTIONABLE = {Status.NEW.value, Status.AWAITING_SUPPORT.value}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A case to turn to, why, and the icon of the first reason."""

    row: CaseRow
    why: str
    icon: str


def next_steps(cases: Iterable[DeskCase], notices: Iterable[DeskNotice]) -> list[NextStep]:
    """The cases with a reason to turn to, the strongest reason first, at most `MOST`."""
    told = list(notices)
    spoke = {one.number: one.at for one in told if one.kind == NoticeKind.CUSTOMER}
    ended = {one.number: one.at for one in told if one.kind == NoticeKind.ASSIGNMENT_ENDED}
    ranked = []
    for case in cases:
        number = case.row.number
        reasons = _reasons(case, spoke.get(number)) + _from_departments(case, ended.get(number))
        if reasons:
            reasons.sort(key=lambda reason: reason[0])
            rank, icon, _ = reasons[0]
            why = " · ".join(words for _, _, words in reasons)
            place = (rank, not case.row.high, case.row.review_due_from)
            ranked.append((place, NextStep(case.row, why, icon)))
    return [step for _, step in sorted(ranked, key=lambda pair: pair[0])[:MOST]]


def _reasons(case: DeskCase, spoke_at: datetime | None) -> list[Reason]:
    """Rank, icon and words of each reason that holds, of those in the case itself."""
    row, now = case.row, clock.now()
    reasons: list[Reason] = []
    if case.follow_up_at and case.follow_up_at <= now:
        late = span(now - case.follow_up_at)
        reasons.append((-1, "calendar-clock", f"{case.follow_up_for}: due {late} ago"))
    if case.reopened_at and case.reopened_at >= row.review_due_from:
        came_back = f"Came back: reopened {span(now - case.reopened_at)} ago"
        reasons.append((0, "rotate-ccw", came_back))
    if spoke_at:
        reasons.append(
            (2, "phone-incoming", f"The customer got in touch {span(now - spoke_at)} ago")
        )
    if row.high and row.status in ACTIONABLE:
        reasons.append((4, "chevrons-up", "High priority"))
    if case.is_due:
        latest = span(now - row.review_due_from)
        reasons.append((6, "clipboard-pen", f"Due for review: the latest is {latest} old"))
    if row.status == Status.NEW:
        reasons.append(
            (8, "sparkle", f"New: nobody has acted on it for {span(now - row.created_at)}")
        )
    return reasons


def _from_departments(case: DeskCase, ended_at: datetime | None) -> list[Reason]:
    """The reasons in what departments did, or did not (A5, A6, F3, F4)."""
    now = clock.now()
    reasons: list[Reason] = []
    if case.to_void:
        reasons.append((1, "ban", "Should be closed as Case Voided"))
    if ended_at and case.row.status == Status.AWAITING_SUPPORT:
        reasons.append((3, "circle-check", f"Its last assignment ended {span(now - ended_at)} ago"))
    if case.silent:
        reasons.append((5, "alarm-clock", f"Escalated: {case.silent} did not answer a follow-up"))
    if case.acted_at:
        waits = f"Waits on {case.late} for long: no act for {span(now - case.acted_at)}"
        reasons.append((7, "hourglass", waits))
    return reasons
