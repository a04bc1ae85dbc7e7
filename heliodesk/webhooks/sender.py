"""Sending what webhooks have to be told, outside of any transaction, one at a time for each.

A receiver that is away costs one request in its pause: what else waits for it waits with it, and
others have their own turn. Nothing is ever lost: what is not noted as delivered is sent again.
"""

from __future__ import annotations

from time import monotonic

from heliodesk.core import clock, outgoing
from heliodesk.core.jobs import defer
from heliodesk.core.outgoing import NotReached
from heliodesk.core.sealed import Unsealable, unseal
from heliodesk.webhooks.models import Delivery, DeliveryState, Webhook
from heliodesk.webhooks.payload import body_of
from heliodesk.webhooks.rules.sending import SEND_JOB, Outcome, claim, note_try, release
from heliodesk.webhooks.signing import signature

TIMEOUT = 10.0  # seconds
TURN = 20.0  # seconds that one job sends; then others have theirs
READ = 64_000  # bytes of an answer
SHOWN = 1_000  # characters of it that are kept
AT_A_TIME = 50


def send_waiting(webhook_id: int) -> int:
    """Send what is due to one webhook; gives how many tries that took. Where somebody else is at
    it, they look again when they have done, so that nothing put down meanwhile is left lying."""
    ends, sent = monotonic() + TURN, 0
    while _next(webhook_id) and claim(webhook_id):
        try:
            while monotonic() < ends and (delivery := _next(webhook_id)):
                sent += 1
                if _send(delivery).is_trouble:
                    return sent
        finally:
            release(webhook_id)
        if monotonic() >= ends:
            defer(SEND_JOB, once=f"webhook {webhook_id}", webhook=webhook_id)
            return sent
    return sent


def send_one(delivery_id: int) -> None:
    """Send one at once, on somebody's word."""
    delivery = Delivery.objects.select_related("webhook").filter(pk=delivery_id).first()
    if delivery is not None:
        _send(delivery)


def _next(webhook_id: int) -> Delivery | None:
    due = Delivery.objects.filter(
        webhook=webhook_id, webhook__is_active=True,
        state=DeliveryState.WAITING, next_try_at__lte=clock.now(),
    )  # fmt: skip
    return due.select_related("webhook").order_by("next_try_at", "id").first()


def _send(delivery: Delivery) -> Outcome:
    if not delivery.body:
        delivery.body = body_of(delivery)
        Delivery.objects.filter(pk=delivery.pk).update(body=delivery.body)
    outcome = _ask(delivery)
    note_try(delivery, outcome)
    return outcome


def _ask(delivery: Delivery) -> Outcome:
    webhook, began = delivery.webhook, monotonic()
    status, said, error = None, b"", ""
    try:
        answer = outgoing.send(
            "POST",
            webhook.url,
            headers=_headers(webhook, delivery),
            body=delivery.body.encode(),
            timeout=TIMEOUT,
            limit=READ,
            private=webhook.private,
        )
        status, said = answer.status, answer.body
        if not outgoing.is_done(answer):
            error = f"It answered {status}."
    except NotReached as failed:
        status, error = failed.status, f"{failed.reason[:1].upper()}{failed.reason[1:]}."
    except Unsealable:
        error = "Its secret cannot be read: the desk's SECRET_KEY was changed. Make a new secret."
    text = said[: 4 * SHOWN].decode(errors="replace").replace("\x00", "\ufffd")[:SHOWN]
    taken = round((monotonic() - began) * 1000)
    return Outcome(webhook.url, taken, status, text, error[:500])


def _headers(webhook: Webhook, delivery: Delivery) -> dict[str, str]:
    timestamp = int(clock.now().timestamp())
    secrets = [webhook.secret, *([webhook.old_secret] if webhook.signs_twice_until else [])]
    signatures = [
        signature(unseal(secret), delivery.message_id, timestamp, delivery.body)
        for secret in secrets
    ]
    return {
        "Content-Type": "application/json",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }
