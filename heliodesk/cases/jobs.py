"""What becomes due on cases by itself."""

from __future__ import annotations

from heliodesk.cases.rules.follow_up_date import tell_of_due_follow_ups
from heliodesk.core.jobs import periodic
from heliodesk.notices.rules.review_overdue import tell_of_overdue_reviews


@periodic("*/10 * * * *")
def reviews_overdue() -> None:
    """Tell owners whose review is overdue (C2, L7)."""
    tell_of_overdue_reviews()


@periodic("* * * * *")
def follow_ups_due() -> None:
    """Tell owners whose follow-up date has come (W1)."""
    tell_of_due_follow_ups()
