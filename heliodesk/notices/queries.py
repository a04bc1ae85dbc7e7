"""Reading notices: one's own, on cases that one may still see (C2, K6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import strip_tags

from heliodesk.cases.access import visible_cases
from heliodesk.feed import telling
from heliodesk.feed.cursor import Cursor
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.people.access import Actor

PAGE = 30
EXCERPT = 140  # characters
COLUMNS = (
    "id", "kind", "at", "read_at", "item_id", "case__number", "case__customer_name",
    "item__author__name", "item__body_html", "item__kind", "item__data",
)  # fmt: skip

#: What follows the name of who did it.
WHY = {
    NoticeKind.MENTIONED: "mentioned you",
    NoticeKind.REPLIED: "replied to you",
    NoticeKind.NOW_OWNER: "made you the owner",
    NoticeKind.CUSTOMER: "recorded that the customer got in touch",
    NoticeKind.REOPENED: "reopened your case",
    NoticeKind.CONTRACT_ENDING: "changed the contract of your case",
    NoticeKind.ASSIGNMENT: "asks your department",
    NoticeKind.ASSIGNMENT_ENDED: "ended an assignment of your case",
    NoticeKind.ASKED_AFTER: "asks after an assignment",
    NoticeKind.FOLLOW_UP_UNANSWERED: "says that a follow-up stays unanswered",
    NoticeKind.REVIEW_OVERDUE: "says that the review of your case is overdue",
    NoticeKind.SET_UP_LACKING: "found nobody set up to ask",
}
ICONS = {
    NoticeKind.MENTIONED: "at-sign",
    NoticeKind.REPLIED: "reply",
    NoticeKind.NOW_OWNER: "user-check",
    NoticeKind.CUSTOMER: "phone",
    NoticeKind.REOPENED: "rotate-ccw",
    NoticeKind.CONTRACT_ENDING: "triangle-alert",
    NoticeKind.ASSIGNMENT: "inbox",
    NoticeKind.ASSIGNMENT_ENDED: "circle-check",
    NoticeKind.ASKED_AFTER: "bell-ring",
    NoticeKind.FOLLOW_UP_UNANSWERED: "alarm-clock",
    NoticeKind.REVIEW_OVERDUE: "clipboard-list",
    NoticeKind.SET_UP_LACKING: "settings",
}


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice as the list shows it."""

    id: int
    kind: str
    why: str
    who: str
    icon: str
    at: datetime
    unread: bool
    case: str
    customer: str
    excerpt: str

    @property
    def url(self) -> str:
        """Marks the notice read and leads to the very post."""
        return f"/notices/{self.id}/"


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """A page of notices, newest first. `newest` is what *Mark all read* goes up to."""

    rows: list[NoticeRow]
    older: str
    newest: int

    @property
    def has_unread(self) -> bool:
        """Whether a notice of this page is unread."""
        return any(row.unread for row in self.rows)


def own_notices(by: Actor) -> QuerySet[Notice]:
    """The notices of `by`, without those on cases which they may see no longer (K6)."""
    mine = Notice.objects.filter(recipient_id=by.person_id)
    return mine if by.is_support else mine.filter(case__in=visible_cases(by).values("pk"))


def notices_of(by: Actor, *, before: str | None = None, limit: int = PAGE) -> NoticesPage:
    """A page of one's notices; `before` is the `older` of the page before. One SQL statement."""
    found = own_notices(by).order_by("-at", "-id")
    if start := Cursor.read(before):
        found = found.filter(Q(at__lt=start.at) | Q(at=start.at, id__lt=start.id))
    rows = list(found.values(*COLUMNS)[: limit + 1])
    shown = [_row(row) for row in rows[:limit]]
    older = str(Cursor(shown[-1].at, shown[-1].id)) if len(rows) > limit else ""
    return NoticesPage(shown, older, newest=max((row.id for row in shown), default=0))


def _row(row: dict[str, Any]) -> NoticeRow:
    kind = str(row["kind"])
    return NoticeRow(
        id=row["id"],
        kind=kind,
        why=WHY[NoticeKind(kind)],
        who=row["item__author__name"] or telling.NOBODY,
        icon=ICONS[NoticeKind(kind)],
        at=row["at"],
        unread=row["read_at"] is None,
        case=f"{row['case__number']:08d}",
        customer=row["case__customer_name"],
        excerpt=_excerpt(row),
    )


def _excerpt(row: dict[str, Any]) -> str:
    """The beginning of what was written, or else what happened, as plain text."""
    if row["item_id"] is None:
        return ""
    told = row["item__body_html"] or telling.says(
        row["item__kind"], row["item__data"], row["item__author__name"] or telling.NOBODY
    )
    words = " ".join(unescape(strip_tags(told)).split())
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1].rstrip() + "…"
