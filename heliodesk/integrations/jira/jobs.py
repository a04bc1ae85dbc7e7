"""Background work with Jira (J1, J2)."""

from __future__ import annotations

from datetime import timedelta

from heliodesk.core import clock
from heliodesk.core.jobs import job, periodic
from heliodesk.integrations.jira import refreshing, telling
from heliodesk.integrations.jira.models import KnownTicket

KEPT = timedelta(days=2)


@job()
def tell_jira() -> None:
    """Tell Jira of new links, and of cases that were closed, reopened or merged."""
    telling.tell_due()


@periodic("* * * * *")
def tell_jira_again() -> None:
    """Tell Jira what it did not take before."""
    telling.tell_due()


@job()
def refresh_tickets(*, case: int | None = None) -> None:
    """Read the tickets anew that a case is linked with; without one, all that are old."""
    refreshing.refresh(case)


@periodic("*/5 * * * *")
def refresh_old_tickets() -> None:
    """Read tickets of open cases anew, those first that were read longest ago."""
    refreshing.refresh()


@periodic("40 3 * * *")
def forget_tickets() -> None:
    """Forget tickets that nobody has found for days."""
    KnownTicket.objects.filter(read_at__lt=clock.now() - KEPT).delete()
