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
#: Rank, icon and words, and the one action: what it is called, where it is under the case's
#: address, and whether that is a dialog.
Reason = tuple[int, str, str, tuple[str, str, bool]]
LOG = ("Log interaction", "/interactions/new/?case={}", False)
REVIEW = ("Log Review", "/cases/{}/review/new/", True)
ASSIGN = ("Assign", "/cases/{}/assignments/new/", True)
VOID = ("Close as Case Voided", "/cases/{}/voiding/new/", True)
OUTCOMES = ("See the outcome", "/cases/{}/?tab=assignments", False)
WAITING = ("Ask after it", "/cases/{}/?tab=assignments", False)
SAID = ("See what was said", "/cases/{}/?tab=related", False)
ACTIONABLE = {Status.NEW.value, Status.AWAITING_SUPPORT.value}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A case to turn to, why, and of the first reason the icon and the one action."""

    row: CaseRow
    why: str
    icon: str
    action: str
    url: str
    is_dialog: bool


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The first `MOST` of all the `count` cases that there is a reason to turn to."""

    shown: list[NextStep]
    count: int


def next_steps(cases: Iterable[DeskCase], notices: Iterable[DeskNotice]) -> NextSteps:
    """The cases with a reason to turn to, the strongest reason first."""
    told = list(notices)
    spoke = {one.number: one.at for one in told if one.kind == NoticeKind.CUSTOMER}
    ended = {one.number: one.at for one in told if one.kind == NoticeKind.ASSIGNMENT_ENDED}
    ranked = []
    for case in cases:
        number = case.row.number
        reasons = _reasons(case, case.spoke_at or spoke.get(number))
        reasons += _from_departments(case, case.ended_at or ended.get(number))
        if reasons:
            reasons.sort(key=lambda reason: reason[0])
            rank, icon, _, (action, url, is_dialog) = reasons[0]
            why = " · ".join(words for _, _, words, _ in reasons)
            place = (rank, not case.row.high, case.row.review_due_from)
            step = NextStep(case.row, why, icon, action, url.format(number), is_dialog)
            ranked.append((place, step))
    ranked.sort(key=lambda pair: pair[0])
    return NextSteps([step for _, step in ranked[:MOST]], len(ranked))


def _reasons(case: DeskCase, spoke_at: datetime | None) -> list[Reason]:
    """Rank, icon and words of each reason that holds, of those in the case itself."""
    row, now = case.row, clock.now()
    reasons: list[Reason] = []
    if case.follow_up_at and case.follow_up_at <= now:
        late = span(now - case.follow_up_at)
        reasons.append((-1, "calendar-clock", f"{case.follow_up_for}: due {late} ago", LOG))
    if case.reopened_at and case.reopened_at >= row.review_due_from:
        came_back = f"Came back: reopened {span(now - case.reopened_at)} ago"
        reasons.append((0, "rotate-ccw", came_back, REVIEW))
    if spoke_at:
        said = f"The customer got in touch {span(now - spoke_at)} ago"
        reasons.append((2, "phone-incoming", said, SAID))
    if row.high and row.status in ACTIONABLE:
        act = ASSIGN if row.status == Status.NEW else REVIEW
        reasons.append((4, "chevrons-up", "High priority", act))
    if case.is_due:
        latest = span(now - row.review_due_from)
        reasons.append((6, "clipboard-pen", f"Due for review: the latest is {latest} old", REVIEW))
    if row.status == Status.NEW:
        untouched = f"New: nobody has acted on it for {span(now - row.created_at)}"
        reasons.append((8, "sparkle", untouched, ASSIGN))
    return reasons


def _from_departments(case: DeskCase, ended_at: datetime | None) -> list[Reason]:
    """The reasons in what departments did, or did not (A5, A6, F3, F4)."""
    now = clock.now()
    reasons: list[Reason] = []
    if case.to_void:
        reasons.append((1, "ban", "Should be closed as Case Voided", VOID))
    if ended_at and case.row.status == Status.AWAITING_SUPPORT:
        came_back = f"Came back: its last assignment ended {span(now - ended_at)} ago"
        reasons.append((3, "circle-check", came_back, OUTCOMES))
    if case.silent:
        silent = f"Escalated: {case.silent} did not answer a follow-up"
        reasons.append((5, "alarm-clock", silent, WAITING))
    if case.acted_at:
        waits = f"Waits on {case.late} for long: no act for {span(now - case.acted_at)}"
        reasons.append((7, "hourglass", waits, WAITING))
    return reasons
