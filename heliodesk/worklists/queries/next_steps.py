"""What somebody should do next, and why (V1): worked out from what My desk has read already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from heliodesk.cases.models import Status
from heliodesk.core import clock
from heliodesk.notices.models import NoticeKind
from heliodesk.web.filters import span
from heliodesk.worklists.queries.desk import DeskCase, DeskNotice
from heliodesk.worklists.queries.rows import CaseRow

FIRST = 6  # shown unless all are asked for
#: What it is called, where it is under the case's address, and whether that is a dialog.
Action = tuple[str, str, bool]
LOG = ("Log interaction", "/interactions/new/?case={}", False)
REVIEW = ("Log Review", "/cases/{}/review/new/", True)
ASSIGN = ("Assign", "/cases/{}/assignments/new/", True)
VOID = ("Close as Case Voided", "/cases/{}/voiding/new/", True)
OUTCOMES = ("See the outcome", "/cases/{}/?tab=assignments", False)
WAITING = ("Ask after it", "/cases/{}/?tab=assignments", False)
SAID = ("See what was said", "/cases/{}/?tab=related", False)
ACTIONABLE = {Status.NEW.value, Status.AWAITING_SUPPORT.value}


class Reason(NamedTuple):
    """Why a case is to be turned to: its rank, the one action, and its words, with the time that
    has gone by `since` between the two where there is one."""

    rank: int
    icon: str
    action: Action
    before: str
    since: datetime | None = None
    after: str = ""

    def words(self, now: datetime) -> str:
        """As it is said at that moment."""
        return f"{self.before}{span(now - self.since) if self.since else ''}{self.after}"


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
    """The first of all the `count` cases that there is a reason to turn to."""

    shown: list[NextStep]
    count: int


def next_steps(
    cases: Iterable[DeskCase], notices: Iterable[DeskNotice], *, most: int = FIRST
) -> NextSteps:
    """The cases with a reason to turn to, the strongest reason first; at most so many shown."""
    told, now = list(notices), clock.now()
    spoke = {one.number: one.at for one in told if one.kind == NoticeKind.CUSTOMER}
    ended = {one.number: one.at for one in told if one.kind == NoticeKind.ASSIGNMENT_ENDED}
    ranked = []
    for case in cases:
        number = case.row.number
        reasons = _reasons(case, case.spoke_at or spoke.get(number), now)
        reasons += _from_departments(case, case.ended_at or ended.get(number))
        if reasons:
            reasons.sort(key=_rank)
            place = (reasons[0].rank, not case.row.high, case.row.review_due_from)
            ranked.append((place, case.row, reasons))
    ranked.sort(key=lambda one: one[0])
    return NextSteps([_step(row, why, now) for _, row, why in ranked[:most]], len(ranked))


def _rank(reason: Reason) -> int:
    return reason.rank


def _step(row: CaseRow, reasons: list[Reason], now: datetime) -> NextStep:
    """The case as the page shows it: the words of all reasons, the action of the first."""
    why = " · ".join(reason.words(now) for reason in reasons)
    action, url, is_dialog = reasons[0].action
    return NextStep(row, why, reasons[0].icon, action, url.format(row.number), is_dialog)


def _reasons(case: DeskCase, spoke_at: datetime | None, now: datetime) -> list[Reason]:
    """Each reason that holds, of those in the case itself."""
    row, found = case.row, list[Reason]()
    if case.follow_up_at and case.follow_up_at <= now:
        said = f"{case.follow_up_for}: due "
        found.append(Reason(-1, "calendar-clock", LOG, said, case.follow_up_at, " ago"))
    if case.reopened_at and case.reopened_at >= row.review_due_from:
        said = "Came back: reopened "
        found.append(Reason(0, "rotate-ccw", REVIEW, said, case.reopened_at, " ago"))
    if spoke_at:
        said = "The customer got in touch "
        found.append(Reason(2, "phone-incoming", SAID, said, spoke_at, " ago"))
    if row.high and row.status in ACTIONABLE:
        act = ASSIGN if row.status == Status.NEW else REVIEW
        found.append(Reason(4, "chevrons-up", act, "High priority"))
    if case.is_due:
        said = "Due for review: the latest is "
        found.append(Reason(6, "clipboard-pen", REVIEW, said, row.review_due_from, " old"))
    if row.status == Status.NEW:
        said = "New: nobody has acted on it for "
        found.append(Reason(8, "sparkle", ASSIGN, said, row.created_at))
    return found


def _from_departments(case: DeskCase, ended_at: datetime | None) -> list[Reason]:
    """The reasons in what departments did, or did not (A5, A6, F3, F4)."""
    found: list[Reason] = []
    if case.to_void:
        found.append(Reason(1, "ban", VOID, "Should be closed as Case Voided"))
    if ended_at and case.row.status == Status.AWAITING_SUPPORT:
        said = "Came back: its last assignment ended "
        found.append(Reason(3, "circle-check", OUTCOMES, said, ended_at, " ago"))
    if case.silent:
        said = f"Escalated: {case.silent} did not answer a follow-up"
        found.append(Reason(5, "alarm-clock", WAITING, said))
    if case.acted_at:
        said = f"Waits on {case.late} for long: no act for "
        found.append(Reason(7, "hourglass", WAITING, said, case.acted_at))
    return found
