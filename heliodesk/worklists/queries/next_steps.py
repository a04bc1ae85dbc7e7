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
ACTIONABLE = {Status.NEW.value, Status.AWAITING_SUPPORT.value}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A case to turn to, why, and the icon of the first reason."""

    row: CaseRow
    why: str
    icon: str


def next_steps(cases: Iterable[DeskCase], notices: Iterable[DeskNotice]) -> list[NextStep]:
    """The cases with a reason to turn to, the strongest reason first, at most `MOST`."""
    spoke = {notice.number: notice.at for notice in notices if notice.kind == NoticeKind.CUSTOMER}
    ranked = []
    for case in cases:
        reasons = _reasons(case, spoke.get(case.row.number))
        if reasons:
            rank, icon, _ = reasons[0]
            why = " · ".join(words for _, _, words in reasons)
            place = (rank, not case.row.high, case.row.review_due_from)
            ranked.append((place, NextStep(case.row, why, icon)))
    return [step for _, step in sorted(ranked, key=lambda pair: pair[0])[:MOST]]


def _reasons(case: DeskCase, spoke_at: datetime | None) -> list[tuple[int, str, str]]:
    """Rank, icon and words of each reason that holds, the strongest first."""
    row, now = case.row, clock.now()
    reasons = []
    if case.reopened_at and case.reopened_at >= row.review_due_from:
        came_back = f"Came back: reopened {span(now - case.reopened_at)} ago"
        reasons.append((0, "rotate-ccw", came_back))
    if spoke_at:
        reasons.append(
            (1, "phone-incoming", f"The customer got in touch {span(now - spoke_at)} ago")
        )
    if row.high and row.status in ACTIONABLE:
        reasons.append((2, "chevrons-up", "High priority"))
    if case.is_due:
        latest = span(now - row.review_due_from)
        reasons.append((3, "clipboard-pen", f"Due for review: the latest is {latest} old"))
    if case.waits_long and case.asked_since:
        waits = f"Waits on {case.departments} for {span(now - case.asked_since)}"
        reasons.append((4, "hourglass", waits))
    if row.status == Status.NEW:
        reasons.append(
            (5, "sparkle", f"New: nobody has acted on it for {span(now - row.created_at)}")
        )
    return reasons
