"""Who may look after background jobs (K1, K7)."""

from __future__ import annotations

from heliodesk.core.refusal import NotPermitted
from heliodesk.people.access import Actor


def require_administrator(*, by: Actor) -> None:
    """Refuse for anybody but administrators, who set the desk up."""
    if not by.is_administrator:
        raise NotPermitted(
            "not_an_administrator",
            "Only administrators look after background jobs. Ask one of them.",
            rule="K7",
        )
