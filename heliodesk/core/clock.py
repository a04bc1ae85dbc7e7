"""The desk's only source of time, so that 6 hours and 48 hours are tested without sleeping."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return timezone.now()


def local(moment: datetime) -> datetime:
    """The same moment in the time zone of the desk."""
    return moment.astimezone(timezone.get_default_timezone())


def today() -> date:
    """The current day in the time zone of the desk."""
    return local(now()).date()
