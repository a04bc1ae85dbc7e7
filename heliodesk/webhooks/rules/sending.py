"""What is noted of sending (K4): who sends, what came of each try, when it is tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.db import connection

from heliodesk.core import clock
from heliodesk.core.jobs import defer
from heliodesk.core.refusal import NotFound
from heliodesk.core.rule import rule
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import administrator_ids, notify_due
from heliodesk.people.access import SYSTEM, Actor
from heliodesk.webhooks.kinds import TEST
from heliodesk.webhooks.models import Delivery, DeliveryState, Try, Webhook
from heliodesk.webhooks.rules.keeping import lock_webhook, switch

SEND_JOB = "heliodesk.webhooks.jobs.send_waiting"

#: After each try that failed, how long until the next; then it has failed. 45 hours in all.
PAUSES = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=2), timedelta(hours=6), timedelta(hours=12), timedelta(hours=24)),
)
#: How long a receiver that does not answer is left alone: doubled from the first on.
FIRST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(minutes=30)
OFF_AFTER = timedelta(days=3)  # without a single try that got through
CLAIMED_FOR = timedelta(seconds=60)  # longer than any one request takes
GONE = 410

CLAIM = """
    UPDATE webhooks_webhook SET sends_until = %(until)s
    WHERE id = %(id)s AND is_active AND (sends_until IS NULL OR sends_until <= %(now)s)
        AND (rests_until IS NULL OR rests_until <= %(now)s)
"""


class Outcome(NamedTuple):
    """What came of a request: the answer's status and beginning, or why there was none."""

    url: str
    milliseconds: int
    status: int | None
    answer: str
    error: str

    @property
    def is_trouble(self) -> bool:
        """Whether the receiver as a whole seems to be away, and not only to refuse this one."""
        return bool(self.error) and (
            self.status is None or self.status >= 500 or self.status == 429
        )


def claim(webhook_id: int) -> bool:
    """Become the one who sends to it, until `release` or for a minute; False where somebody is
    sending already, where it rests, or is off."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"id": webhook_id, "now": now, "until": now + CLAIMED_FOR})
        return bool(cursor.rowcount == 1)


def release(webhook_id: int) -> None:
    """Let others send to it."""
    Webhook.objects.filter(pk=webhook_id).update(sends_until=None)


@rule("K4")
def note_try(delivery: Delivery, outcome: Outcome, *, by: Actor = SYSTEM) -> None:
    """Put down what came of a try, and when the next one is; a receiver that has not been reached
    for days, or says that it is gone for good, is switched off, and administrators are told."""
    now = clock.now()
    webhook = Webhook.objects.select_for_update().filter(pk=delivery.webhook_id).first()
    if webhook is None:  # removed meanwhile
        return
    locked = Delivery.objects.select_for_update()
    delivery.refresh_from_db(fields=["tries", "state", "next_try_at"], from_queryset=locked)
    Try.objects.create(delivery=delivery, at=now, **outcome._asdict())
    delivery.tries += 1
    if not outcome.error:
        delivery.state, delivery.next_try_at = DeliveryState.DELIVERED, None
    elif delivery.state != DeliveryState.WAITING:
        pass  # sent again by hand: what became of it before still holds
    elif delivery.tries > len(PAUSES) or delivery.kind == TEST:
        delivery.state, delivery.next_try_at = DeliveryState.FAILED, None
    else:
        delivery.state = DeliveryState.WAITING
        delivery.next_try_at = now + PAUSES[delivery.tries - 1]
    delivery.save(update_fields=["tries", "state", "next_try_at"])
    if webhook.is_active:
        _note_health(webhook, delivery, outcome, by=by)


def _note_health(webhook: Webhook, delivery: Delivery, outcome: Outcome, *, by: Actor) -> None:
    now = clock.now()
    if not outcome.error:
        webhook.failing_since, webhook.failures, webhook.rests_until = None, 0, None
    elif delivery.kind != TEST:
        webhook.failing_since = webhook.failing_since or now
        webhook.failures += 1
        if outcome.is_trouble:
            pause = FIRST_REST * 2 ** min(webhook.failures - 1, 10)
            webhook.rests_until = now + min(pause, LONGEST_REST)
    webhook.sends_until = now + CLAIMED_FOR
    webhook.save(update_fields=["failing_since", "failures", "rests_until", "sends_until"])
    since = webhook.failing_since
    if outcome.status == GONE:
        _switch_off(webhook, delivery, "It answers that it is gone for good (410).", by=by)
    elif since is not None and now - since >= OFF_AFTER:
        days = OFF_AFTER.days
        _switch_off(webhook, delivery, f"No event got through for {days} days.", by=by)


def _switch_off(webhook: Webhook, delivery: Delivery, because: str, *, by: Actor) -> None:
    switch(webhook, on=False, because=because, by=by)
    if delivery.case is not None:
        told = administrator_ids()
        notify_due(told, delivery.case, NoticeKind.WEBHOOK_OFF, due_at=clock.now(), by=by)


@rule("K1", "K4")
def send_test(webhook_id: int, *, by: Actor) -> Delivery:
    """Put down a delivery that is only for trying; it is tried once, whether it rests or not."""
    webhook = lock_webhook(webhook_id, by=by)
    now = clock.now()
    delivery = Delivery.objects.create(webhook=webhook, kind=TEST, at=now, next_try_at=now)
    defer("heliodesk.webhooks.jobs.send_one", delivery=delivery.pk)
    return delivery


@rule("K1", "K4")
def send_again(delivery_id: int, *, by: Actor) -> Delivery:
    """Send a delivery at once, whatever became of it; the receiver knows it by the same ID.
    Refuses for anybody but administrators, and one that is not kept any more."""
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound("delivery_not_found", "That delivery is not kept any more.", rule="K1")
    lock_webhook(delivery.webhook_id, by=by)
    defer("heliodesk.webhooks.jobs.send_one", delivery=delivery.pk)
    return delivery


def wake(*, by: Actor = SYSTEM) -> int:
    """Put a job into the queue for each webhook that has something due; gives how many. So nothing
    is lost with a job or a worker, and what is tried again has its turn."""
    now = clock.now()
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=now)
    ready = (
        Webhook.objects.filter(is_active=True)
        .exclude(rests_until__gt=now)
        .exclude(sends_until__gt=now)
        .filter(pk__in=due.values("webhook"))
    )
    ids = list(ready.values_list("pk", flat=True))
    for webhook_id in ids:
        defer(SEND_JOB, once=f"webhook {webhook_id}", webhook=webhook_id)
    return len(ids)
