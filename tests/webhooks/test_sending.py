"""What receivers get, and what becomes of it when they do not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import Refused
from heliodesk.feed.rules.posts import post
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.people.models import User
from heliodesk.webhooks import sender
from heliodesk.webhooks.models import Delivery, Try, Webhook
from heliodesk.webhooks.rules import sending
from heliodesk.webhooks.rules.keeping import Made, change_secret, switch_webhook
from heliodesk.webhooks.rules.tidying import forget_deliveries
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.core.queue import waiting
from tests.listener import Listener
from tests.webhooks import documented
from tests.webhooks.conftest import hook


def verify(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether one of the signatures is right, whatever the time is."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(
        hmac.compare_digest(expected, given) for given in headers["webhook-signature"].split()
    )


def tell(company: Cast, body: str = "The meter is on its way.", by: User | None = None) -> Any:
    """Something happens to a case."""
    return post(cast.case(company), body=body, by=actor(by or company.frank))


def test_an_event_arrives_signed_with_the_case_as_the_api_shows_it(
    company: Cast, made: Made, listener: Listener, still: Clock
) -> None:
    item = tell(company)
    assert sender.send_waiting(made.webhook.pk) == 1
    (asked,) = listener.asked
    assert (asked.method, asked.path) == ("POST", "/events")
    assert asked.headers["content-type"] == "application/json"
    as_documented = documented.verify()
    assert as_documented(made.secret, asked.headers, asked.body)
    assert not as_documented(made.secret, asked.headers, asked.body + b" ")
    assert not as_documented(made.secret, asked.headers | {"webhook-timestamp": "1"}, asked.body)
    assert int(asked.headers["webhook-timestamp"]) == int(still.at.timestamp())
    told = asked.json()
    assert told["id"] == asked.headers["webhook-id"] == Delivery.objects.get().message_id
    assert told["type"] == "case.post"
    assert datetime.fromisoformat(told["timestamp"]).tzinfo == UTC
    data = told["data"]
    assert data["by"] == {"id": company.frank.pk, "name": company.frank.name}
    assert (data["item"], data["text"]) == (item.pk, "The meter is on its way.")
    assert data["case"]["number"] == item.case.display_number
    assert data["case"]["account"]["name"] == company.homeowner.name
    tried = Try.objects.get()
    assert (tried.status, tried.answer, tried.error) == (200, "{}", "")
    assert Delivery.objects.get().state == "delivered"


def test_after_a_change_of_secret_both_hold_for_a_day(
    company: Cast, made: Made, listener: Listener, still: Clock
) -> None:
    new = change_secret(made.webhook.pk, by=actor(company.ada)).secret
    tell(company)
    sender.send_waiting(made.webhook.pk)
    still.move(hours=25)
    tell(company)
    sender.send_waiting(made.webhook.pk)
    first, second = listener.asked
    assert verify(made.secret, first.headers, first.body)
    assert verify(new, first.headers, first.body)
    assert verify(new, second.headers, second.body)
    assert not verify(made.secret, second.headers, second.body)


def test_an_event_is_tried_again_with_longer_and_longer_pauses_then_it_failed(
    company: Cast, webhook: Webhook, listener: Listener, still: Clock
) -> None:
    listener.replies(400, b"no")
    tell(company)
    pauses = []
    for _ in sending.PAUSES:
        assert sender.send_waiting(webhook.pk) == 1
        assert sender.send_waiting(webhook.pk) == 0
        due = Delivery.objects.get().next_try_at
        assert due is not None
        pauses.append(due - still.at)
        still.move(seconds=(due - still.at).total_seconds())
        webhook.refresh_from_db()
    assert tuple(pauses) == sending.PAUSES
    assert sum(pauses, timedelta()) < sending.OFF_AFTER
    sender.send_waiting(webhook.pk)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries) == ("failed", 8)
    assert len({asked.headers["webhook-id"] for asked in listener.asked}) == 1
    assert len({asked.body for asked in listener.asked}) == 1


def test_a_receiver_that_is_away_is_left_alone_and_gets_everything_when_it_is_back(
    company: Cast, webhook: Webhook, listener: Listener, still: Clock
) -> None:
    listener.replies(503, b"")
    for word in ("One", "Two", "Three"):
        tell(company, word)
    assert sender.send_waiting(webhook.pk) == 1
    assert sender.send_waiting(webhook.pk) == 0
    assert sending.wake() == 0
    still.move(minutes=1)
    listener.replies(200)
    assert sending.wake() == 1
    assert sender.send_waiting(webhook.pk) == 3
    assert {delivery.state for delivery in Delivery.objects.all()} == {"delivered"}
    webhook.refresh_from_db()
    assert (webhook.failing_since, webhook.rests_until) == (None, None)


def test_a_dead_receiver_holds_nobody_else_up(
    company: Cast, webhook: Webhook, listener: Listener
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = hook(company, f"http://127.0.0.1:{free.getsockname()[1]}/", "post").webhook
        for word in ("One", "Two"):
            tell(company, word)
        assert sender.send_waiting(dead.pk) == 1
    assert sender.send_waiting(webhook.pk) == 2
    assert Delivery.objects.filter(webhook=dead, state="waiting").count() == 2
    assert "refused" in Try.objects.get(delivery__webhook=dead).error


def test_one_that_fails_for_days_is_switched_off_and_administrators_are_told(
    company: Cast, webhook: Webhook, listener: Listener, still: Clock
) -> None:
    listener.replies(500, b"")
    item = tell(company)
    sender.send_waiting(webhook.pk)
    still.move(days=3)
    tell(company)
    sender.send_waiting(webhook.pk)
    webhook.refresh_from_db()
    assert not webhook.is_active
    assert webhook.off_because == "No event got through for 3 days."
    assert {delivery.state for delivery in Delivery.objects.all()} == {"failed"}
    notice = Notice.objects.get(kind=NoticeKind.WEBHOOK_OFF)
    assert (notice.recipient, notice.case) == (company.ada, item.case)
    assert AuditEntry.objects.filter(kind="webhook_switched_off", by=None).count() == 1
    switch_webhook(webhook.pk, on=True, by=actor(company.ada))
    listener.replies(200)
    tell(company)
    assert sender.send_waiting(webhook.pk) == 1


def test_one_that_says_it_is_gone_is_switched_off_at_once(
    company: Cast, webhook: Webhook, listener: Listener
) -> None:
    listener.replies(410, b"")
    tell(company)
    sender.send_waiting(webhook.pk)
    webhook.refresh_from_db()
    assert not webhook.is_active
    assert "410" in webhook.off_because


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [(302, {"Location": "http://127.0.0.1/"}, "redirect"), (404, {}, "It answered 404.")],
)
def test_what_is_not_a_yes_says_why(
    company: Cast,
    webhook: Webhook,
    listener: Listener,
    status: int,
    headers: dict[str, str],
    words: str,
) -> None:
    listener.replies(status, b"a\x00b", **headers)
    tell(company)
    sender.send_waiting(webhook.pk)
    tried = Try.objects.get()
    assert tried.status == status
    assert words in tried.error


def test_the_own_network_is_not_asked_at_sending_either(
    company: Cast, listener: Listener, webhook: Webhook
) -> None:
    Webhook.objects.update(private=False)
    tell(company)
    sender.send_waiting(webhook.pk)
    assert listener.asked == []
    assert "not an address of the public internet" in Try.objects.get().error


def test_a_worker_killed_after_sending_sends_again_under_the_same_id(
    company: Cast,
    webhook: Webhook,
    listener: Listener,
    still: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tell(company)
    with monkeypatch.context() as killed:
        killed.setattr(sender, "note_try", _killed)
        killed.setattr(sender, "release", _killed)  # nor does it tidy up
        with pytest.raises(SystemExit):
            sender.send_waiting(webhook.pk)
    assert sender.send_waiting(webhook.pk) == 0, "its claim holds for a while"
    still.move(minutes=1)
    assert sending.wake() == 1
    assert sender.send_waiting(webhook.pk) == 1
    first, second = listener.asked
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_what_comes_while_another_is_sending_is_sent_by_them(
    company: Cast, webhook: Webhook
) -> None:
    """The second finds the webhook claimed and goes; the first looks again when it has done."""
    tell(company, "One")
    sent_by_second: list[int] = []

    def note(delivery: Delivery, outcome: sending.Outcome) -> None:
        if not sent_by_second:
            tell(company, "Two")
            sent_by_second.append(sender.send_waiting(webhook.pk))
        sending.note_try(delivery, outcome)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sender, "note_try", note)
        assert sender.send_waiting(webhook.pk) == 2
    assert sent_by_second == [0]


def test_a_turn_ends_and_leaves_the_rest_to_another_job(
    company: Cast, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(company)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    monkeypatch.setattr(sender, "TURN", 0.0)
    assert sender.send_waiting(webhook.pk) == 0
    assert waiting(sending.SEND_JOB) == [{"webhook": webhook.pk}]


def test_a_test_and_a_repetition_are_sent_on_a_word(
    company: Cast, made: Made, listener: Listener
) -> None:
    delivery = sending.send_test(made.webhook.pk, by=actor(company.ada))
    assert waiting("heliodesk.webhooks.jobs.send_one") == [{"delivery": delivery.pk}]
    sender.send_one(delivery.pk)
    assert listener.asked[0].json()["type"] == "test"
    assert verify(made.secret, listener.asked[0].headers, listener.asked[0].body)
    listener.replies(500, b"")
    sending.send_again(delivery.pk, by=actor(company.ada))
    sender.send_one(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == ("delivered", 2)
    with pytest.raises(Refused):
        sending.send_again(delivery.pk, by=actor(company.sue))
    with pytest.raises(Refused):
        sending.send_test(made.webhook.pk, by=actor(company.sue))


def test_a_test_that_fails_has_failed_and_switches_nothing_off(
    company: Cast, webhook: Webhook, listener: Listener
) -> None:
    listener.replies(500, b"")
    delivery = sending.send_test(webhook.pk, by=actor(company.ada))
    sender.send_one(delivery.pk)
    delivery.refresh_from_db()
    webhook.refresh_from_db()
    assert (delivery.state, webhook.failing_since) == ("failed", None)


def test_an_unreadable_secret_is_said(company: Cast, webhook: Webhook, listener: Listener) -> None:
    Webhook.objects.update(secret="sealed by another key")
    tell(company)
    sender.send_waiting(webhook.pk)
    assert "SECRET_KEY" in Try.objects.get().error
    assert listener.asked == []


def test_old_deliveries_are_forgotten_but_not_what_waits(
    company: Cast, webhook: Webhook, listener: Listener, still: Clock
) -> None:
    tell(company, "One")
    sender.send_waiting(webhook.pk)
    tell(company, "Two")
    still.move(days=15)
    assert forget_deliveries() == 1
    assert Delivery.objects.get().state == "waiting"
    assert not Try.objects.exists()


def _killed(*_: Any) -> None:
    raise SystemExit
