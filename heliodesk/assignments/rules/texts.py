"""What people write with an assignment: comments, a resolution, a reason, a note."""

from __future__ import annotations

from heliodesk.core.refusal import Refused
from heliodesk.core.text import trimmed

TEXT_LIMIT = 4000  # characters


def as_kept(text: str) -> str:
    """The text as it is kept: without blanks around it and what PostgreSQL cannot hold."""
    plain = text.encode("utf-8", "replace").decode().replace("\x00", "")
    return trimmed(plain.replace("\r\n", "\n").replace("\r", "\n"))


def required(text: str, *, label: str, field: str, rule: str) -> str:
    """The text as it is kept; refuses an empty one and one that is too long."""
    kept = optional(text, label=label, field=field, rule=rule)
    if not kept:
        raise Refused(f"{field}_missing", f"Fill in {label}.", rule=rule, field=field)
    return kept


def optional(text: str, *, label: str, field: str, rule: str) -> str:
    """The text as it is kept; refuses one that is too long."""
    kept = as_kept(text)
    over = len(kept) - TEXT_LIMIT
    if over > 0:
        raise Refused(
            f"{field}_too_long",
            f"{label[:1].upper()}{label[1:]} has {len(kept):,} characters, {over:,} more than "
            f"the {TEXT_LIMIT:,} there is room for. Shorten it, or post it in the feed.",
            rule=rule,
            field=field,
        )
    return kept
