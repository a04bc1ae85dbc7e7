"""What the API forgets by itself."""

from __future__ import annotations

from heliodesk.api.rules.tidying import forget_answers
from heliodesk.core.jobs import periodic


@periodic("20 * * * *")
def forget_old_answers() -> None:
    """Forget, once an hour, what was answered to keys over a day ago."""
    forget_answers()
