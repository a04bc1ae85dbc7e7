"""Forgetting what was answered to keys (K3)."""

from __future__ import annotations

from datetime import timedelta

from heliodesk.api.models import ApiAnswer
from heliodesk.core import clock
from heliodesk.core.rule import rule
from heliodesk.people.access import SYSTEM, Actor

KEPT_FOR = timedelta(hours=24)


@rule("K3")
def forget_answers(*, by: Actor = SYSTEM) -> int:
    """Forget the answers older than a day; gives how many."""
    forgotten, _ = ApiAnswer.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()
    return forgotten
