"""The bell of a person, as their open pages show it (C2)."""

from __future__ import annotations

from typing import Any

from heliodesk.notices.queries import notices_of
from heliodesk.people.access import Actor
from heliodesk.worklists.queries.waiting import counts


def bell(by: Actor, *, rings: bool) -> dict[str, Any]:
    """How many notices are unread, and where it `rings` the newest unread one on a case that the
    person may see (K6)."""
    said: dict[str, Any] = {"unread": counts(by).unread}
    newest = notices_of(by, limit=1).rows if rings else []
    if newest and newest[0].unread:
        notice = newest[0]
        said["newest"] = {
            "words": f"{notice.who} {notice.why}",
            "case": notice.case,
            "url": notice.url,
        }
    return said
