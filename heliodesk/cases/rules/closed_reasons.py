"""The Closed Reasons that people close with (X1). Case Voided (A6) and Duplicate (X7) are fixed."""

from __future__ import annotations

from collections.abc import Mapping

from heliodesk.cases.models import ClosedReason
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor
from heliodesk.people.rules.choices import keep_choice, locked


@rule("X1", "K2", "K4", "K7")
def keep_closed_reason(
    reason: ClosedReason | None = None,
    *,
    name: str,
    seen: Mapping[str, str] | None = None,
    by: Actor,
) -> ClosedReason:
    """Add a reason, or rename one; refuses to rename those that the desk works with."""
    return keep_choice(locked(reason or ClosedReason(), by=by), {"name": name}, seen, by=by)
