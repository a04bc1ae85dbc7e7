"""How notices read: on the screen and in mails, the same words."""

from __future__ import annotations

import re
from html import unescape

from django.utils.html import strip_tags

from heliodesk.feed import telling
from heliodesk.notices.models import NoticeKind

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
    NoticeKind.FOLLOW_UP_DATE: "says that the follow-up date of your case is due",
    NoticeKind.FOLLOWED: "was at work on a case that you follow",
    NoticeKind.SET_UP_LACKING: "found nobody set up to ask",
    NoticeKind.WEBHOOK_OFF: "switched a webhook off that could not be told of this case",
}
#: The same of several cases at once: `{}` is how many besides the one that the notice stands on.
WHY_TOGETHER = {
    NoticeKind.NOW_OWNER: "made you the owner of this case and {} more",
    NoticeKind.FOLLOWED: "was at work on this case and {} more that you follow",
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
    NoticeKind.FOLLOW_UP_DATE: "calendar-clock",
    NoticeKind.FOLLOWED: "eye",
    NoticeKind.SET_UP_LACKING: "settings",
    NoticeKind.WEBHOOK_OFF: "webhook-off",
}
LINE_END = re.compile(r"<br ?/?>|</(?:p|li|pre|h\d)>")


def why(kind: NoticeKind, cases: int) -> str:
    """What follows the name, for a notice of so many cases."""
    if cases > 1 and kind in WHY_TOGETHER:
        return WHY_TOGETHER[kind].format(f"{cases - 1:,}")
    return WHY[kind]


def told(body_html: str, kind: str, data: dict[str, object], author: str) -> str:
    """What a feed item says, as plain text of one or more lines: what was written, or else what
    happened; both where an assignment ended, with how many are still open (A5)."""
    html = body_html or telling.says(kind, data, author)
    if body_html and "still_open" in data:
        html = f"<p>{telling.says(kind, data, author)}:</p>{body_html}"
    html = LINE_END.sub("\n", html).replace("<li>", "• ")
    lines = unescape(strip_tags(html)).splitlines()
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def cut(text: str, limit: int) -> str:
    """The text, or where it is longer than `limit` characters its beginning with `…`."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
