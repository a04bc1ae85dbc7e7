"""The groups that a provider says somebody is in (K1)."""

from __future__ import annotations

from typing import Any

MANY = 500  # groups


def groups_in(told: dict[str, Any], claim: str) -> list[str] | None:
    """The groups under that claim; none where it says nothing. None where they are not known:
    no claim is set up, or the provider says that there are too many to tell (Entra ID)."""
    if not claim:
        return None
    if claim in (told.get("_claim_names") or {}) or (claim == "groups" and told.get("hasgroups")):
        return None
    found = told.get(claim)
    listed = found if isinstance(found, list) else [found] if isinstance(found, str) else []
    return [str(one) for one in listed if one][:MANY]
