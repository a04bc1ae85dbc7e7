"""Who sets the desk's neighbours up, and who may search Jira (K1, K7)."""

from __future__ import annotations

from heliodesk.cases.access import require_support
from heliodesk.core.refusal import NotPermitted
from heliodesk.people.access import Actor


def require_administrator(*, by: Actor) -> None:
    """Refuse for anybody but administrators, who set the desk up."""
    if not by.is_administrator:
        raise NotPermitted(
            "not_an_administrator",
            "Only administrators set Jira up. Ask one of them.",
            rule="K1",
        )


def require_searcher(*, by: Actor) -> None:
    """Refuse for anybody outside of Support: what is found is what the desk's token may see."""
    require_support(by=by, to="search Jira")
