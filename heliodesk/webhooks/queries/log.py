"""Reading webhooks and their log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from heliodesk.webhooks.models import Delivery, Try, Webhook
from heliodesk.webhooks.rules.keeping import not_found

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A webhook in the list, with the latest try of all."""

    webhook: Webhook
    tried_at: datetime | None
    status: int | None
    error: str


def webhooks() -> list[Row]:
    """All of them, by name; one SQL statement."""
    last = Try.objects.filter(delivery__webhook=OuterRef("pk")).order_by("-id")[:1]
    found = Webhook.objects.annotate(
        tried_at=Subquery(last.values("at")),
        tried_status=Subquery(last.values("status")),
        tried_error=Subquery(last.values("error")),
    )
    return [Row(one, one.tried_at, one.tried_status, one.tried_error or "") for one in found]


def webhook(webhook_id: int) -> Webhook:
    """One of them. Fails with `NotFound`."""
    found = Webhook.objects.select_related("made_by").filter(pk=webhook_id).first()
    if found is None:
        raise not_found()
    return found


@dataclass(frozen=True, slots=True)
class Page:
    """Deliveries, the newest first; `older` is the ID that the next page goes on before."""

    deliveries: list[Delivery]
    older: int | None


def deliveries(webhook_id: int, *, before: int | None = None) -> Page:
    """A page of what a webhook was told; two SQL statements."""
    found = Delivery.objects.filter(webhook=webhook_id).select_related("case").order_by("-id")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.prefetch_related("tries_made")[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def delivery(webhook_id: int, delivery_id: int) -> Delivery:
    """One of them with its tries. Fails with `NotFound`."""
    found = Delivery.objects.select_related("case", "webhook").prefetch_related("tries_made")
    row = found.filter(webhook=webhook_id, pk=delivery_id).first()
    if row is None:
        raise not_found()
    return row
