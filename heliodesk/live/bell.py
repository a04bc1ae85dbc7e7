"""The bell of a person, as their open pages show it (C2)."""

from __future__ import annotations

from typing import Any

from heliodesk.notices.models import NoticeKind
from heliodesk.notices.queries import NoticeRow, notices_of
from heliodesk.notices.words import cut
from heliodesk.people.access import Actor
from heliodesk.worklists.queries.waiting import counts

LONGEST = 160  # characters of what pops up


def bell(by: Actor, *, rings: bool) -> dict[str, Any]:
    """How many notices are unread, and where it `rings` the newest unread one on a case that the
    person may see (K6)."""
    said: dict[str, Any] = {"unread": counts(by).unread}
    newest = notices_of(by, limit=1).rows if rings else []
    if newest and newest[0].unread:
        notice = newest[0]
        said["newest"] = {
            "words": _words(notice),
            "case": notice.case,
            "url": notice.url,
        }
    return said


def _words(notice: NoticeRow) -> str:
    """Who did what; of an assignment that ended, how it did and how many are still open (A5)."""
    if notice.kind == NoticeKind.ASSIGNMENT_ENDED and notice.excerpt:
        return cut(notice.excerpt.splitlines()[0], LONGEST)
    return f"{notice.who} {notice.why}"
