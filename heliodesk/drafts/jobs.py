"""What the desk forgets by itself: once a day, as `manage tidy` does."""

from __future__ import annotations

from heliodesk.core.jobs import periodic
from heliodesk.drafts.rules.tidying import tidy as forget


@periodic("40 10 * * *")
def tidy() -> None:
    """Forget drafts of over 30 days (C5) and form tokens of over a week (K3)."""
    forget()
