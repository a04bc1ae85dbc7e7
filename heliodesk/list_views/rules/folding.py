"""Folding the groups of My desk away, for as long as the person wants (V1)."""

from __future__ import annotations

from heliodesk.cases.models import Status
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.list_views.models import ListLayout
from heliodesk.list_views.rules.layout import lock_layout
from heliodesk.people.access import Actor

DESK = "desk"
GROUPS = frozenset(Status.values) - {Status.CLOSED.value}


@rule("V1")
def fold(group: str, *, folded: bool, by: Actor) -> ListLayout:
    """Keep whether `by` sees the cases of that status on My desk, or only how many there are.

    Refuses a status that My desk has no group of.
    """
    if group not in GROUPS:
        raise Refused(
            "group_unknown", "There is no such group on My desk. Load the page again.", rule="V1"
        )
    kept = lock_layout(DESK, by=by)
    others = [one for one in kept.folded if one != group]
    kept.folded = sorted([*others, group]) if folded else others
    kept.save(update_fields=["folded"])
    return kept
