"""Where somebody is signed in (K1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from heliodesk.core import clock
from heliodesk.people.models import User

MOST = 100  # places
#: The first that fits: programs name those whose pages they can show, too.
BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS", "Mac"),
    (r"CrOS", "ChromeOS"),
    (r"Linux|X11", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One browser in which somebody is signed in."""

    id: int
    browser: str
    address: str
    since: datetime
    last_seen: datetime
    is_current: bool


def places_of(user: User, *, current: str) -> list[Place]:
    """The places whose session is alive, the current one first, then the last seen."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    found = UserSession.objects.filter(user_id=user.pk, session_key__in=alive)
    places = [
        Place(
            id=one.pk,
            browser=browser_of(one.user_agent),
            address=one.ip,
            since=one.created_at,
            last_seen=one.last_seen_at,
            is_current=one.session_key == current,
        )
        for one in found.order_by("-last_seen_at")[:MOST]
    ]
    return sorted(places, key=lambda place: not place.is_current)


def browser_of(user_agent: str) -> str:
    """What people call the browser and what it runs on, such as "Firefox on Windows"."""
    browser = next((name for known, name in BROWSERS if re.search(known, user_agent)), "")
    system = next((name for known, name in SYSTEMS if re.search(known, user_agent)), "")
    if not browser and not system:
        return user_agent[:60] or "Unknown"
    return " on ".join(part for part in (browser or "A browser", system) if part)
