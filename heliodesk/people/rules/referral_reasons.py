"""What departments are asked for: reasons and subtypes (A1)."""

from __future__ import annotations

from collections.abc import Mapping

from heliodesk.core.rule import rule
from heliodesk.people.access import Actor
from heliodesk.people.models import Department, ReferralReason, ReferralSubtype
from heliodesk.people.rules.choices import keep_choice, locked


@rule("A1", "K2", "K4", "K7")
def add_referral_reason(department: Department, *, name: str, by: Actor) -> ReferralReason:
    """A new reason for which the department is asked, the last of its list."""
    reason = locked(ReferralReason(department=department), by=by)
    return keep_choice(reason, {"name": name}, by=by)


@rule("A1", "K2", "K4", "K7")
def change_referral_reason(
    reason: ReferralReason, *, name: str, seen: Mapping[str, str] | None = None, by: Actor
) -> ReferralReason:
    """Rename it; it stays with its department, as assignments refer to both."""
    return keep_choice(locked(reason, by=by), {"name": name}, seen, by=by)


@rule("A1", "K2", "K4", "K7")
def add_referral_subtype(reason: ReferralReason, *, name: str, by: Actor) -> ReferralSubtype:
    """A new subtype of the reason, the last of its list."""
    subtype = locked(ReferralSubtype(reason=reason), by=by)
    return keep_choice(subtype, {"name": name}, by=by)


@rule("A1", "K2", "K4", "K7")
def change_referral_subtype(
    subtype: ReferralSubtype, *, name: str, seen: Mapping[str, str] | None = None, by: Actor
) -> ReferralSubtype:
    """Rename it; it stays with its reason."""
    return keep_choice(locked(subtype, by=by), {"name": name}, seen, by=by)
