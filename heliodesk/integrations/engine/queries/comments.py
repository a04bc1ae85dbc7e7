"""The comments for Engine that somebody may have to look after (E1)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from heliodesk.cases.models import EngineComment, EngineState

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Unposted:
    """How many comments there are in each state that is not the last, and the newest refused."""

    waiting: int
    by_hand: int
    refused: int
    newest: list[EngineComment]


def unposted() -> Unposted:
    """All of them; two statements."""
    ended = [EngineState.POSTED, EngineState.WITHDRAWN]
    open_ = EngineComment.objects.exclude(state__in=ended)
    counts = dict(open_.values_list("state").annotate(Count("pk")))
    refused = open_.filter(state=EngineState.REFUSED).select_related("case").order_by("-pk")
    return Unposted(
        waiting=counts.get(EngineState.WAITING, 0),
        by_hand=counts.get(EngineState.BY_HAND, 0),
        refused=counts.get(EngineState.REFUSED, 0),
        newest=list(refused[:SHOWN]) if counts.get(EngineState.REFUSED) else [],
    )
