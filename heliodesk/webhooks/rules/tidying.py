"""Forgetting what was delivered (K4 keeps the changes themselves)."""

from __future__ import annotations

from datetime import timedelta

from heliodesk.core import clock
from heliodesk.core.rule import rule
from heliodesk.people.access import SYSTEM, Actor
from heliodesk.webhooks.models import Delivery, DeliveryState

KEPT_FOR = timedelta(days=14)
AT_ONCE = 5_000


@rule("K4")
def forget_deliveries(*, by: Actor = SYSTEM) -> int:
    """Forget deliveries that are over and older than two weeks, with their tries; gives how many.
    It takes some thousands at once and comes again within the hour."""
    old = Delivery.objects.filter(at__lt=clock.now() - KEPT_FOR)
    over = old.exclude(state=DeliveryState.WAITING).order_by("at").values_list("pk", flat=True)
    ids = list(over[:AT_ONCE])
    Delivery.objects.filter(pk__in=ids).delete()
    return len(ids)
