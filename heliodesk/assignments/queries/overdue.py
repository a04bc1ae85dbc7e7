"""Overdue (F4), decided here once for lists, counts, My desk, the case and the API: an assignment
that stands, and that nobody of its department has acted on for the desk's overdue hours. From the
very end of the last hour on it is overdue."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from heliodesk.assignments.models import STANDING
from heliodesk.core import clock
from heliodesk.people.models import DeskSettings

_USUAL_HOURS = DeskSettings._meta.get_field("overdue_hours").default

#: For FROM: one row `overdue`, whose `since` is the latest last act of what is overdue now. Takes
#: the parameter `now`, the moment of the desk's clock. The SELECT within it is worked out once,
#: what it holds would be for each assignment.
SINCE = f"""(
    SELECT (SELECT %(now)s::timestamptz - make_interval(hours => coalesce(
        (SELECT overdue_hours FROM people_desksettings WHERE id = 1), {_USUAL_HOURS}
    ))) AS since
) overdue"""  # noqa: S608 - a number of our own
#: The condition on the assignment `a`, beside `SINCE`.
IS_OVERDUE = "(a.status IN ('open', 'accepted') AND a.acted_at <= overdue.since)"


def overdue_since(settings: DeskSettings | None = None) -> datetime:
    """The latest last act of what is overdue now; reads the settings unless they are given."""
    return clock.now() - (settings or DeskSettings.current()).overdue_limit


def is_overdue(status: str, acted_at: datetime, since: datetime) -> bool:
    """Whether an assignment in that status, last acted on then, is; `since` as above."""
    return status in STANDING and acted_at <= since


def overdue(since: datetime) -> Q:
    """The same for a queryset of assignments."""
    return Q(status__in=STANDING, acted_at__lte=since)
