"""What becomes due on cases by itself."""

from __future__ import annotations

from heliodesk.core.jobs import periodic
from heliodesk.notices.rules.review_overdue import tell_of_overdue_reviews


@periodic("*/10 * * * *")
def reviews_overdue() -> None:
    """Tell owners whose review is overdue (C2, L7)."""
    tell_of_overdue_reviews()
