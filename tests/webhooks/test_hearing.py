"""What is put down for webhooks: exactly what was done, in the transaction that did it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from heliodesk.core.refusal import Refused
from heliodesk.feed.rules.posts import post
from heliodesk.webhooks.models import Delivery, Webhook
from heliodesk.webhooks.rules.keeping import switch_webhook
from heliodesk.webhooks.rules.sending import SEND_JOB
from tests import cast
from tests.cast import Cast, actor
from tests.core.queue import waiting
from tests.webhooks.conftest import hook


def test_an_event_is_put_down_with_a_job_in_the_transaction_of_its_change(
    company: Cast, webhook: Webhook
) -> None:
    case = cast.case(company)
    item = post(case, body="The meter is on its way.", by=actor(company.frank))
    delivery = Delivery.objects.get()
    assert (delivery.webhook, delivery.kind, delivery.case) == (webhook, "post", case)
    assert delivery.at == delivery.next_try_at
    assert abs((delivery.at - item.at).total_seconds()) < 1
    assert waiting(SEND_JOB) == [{"webhook": webhook.pk}]


def test_what_is_rolled_back_was_never_there(company: Cast, webhook: Webhook) -> None:
    case = cast.case(company)
    with transaction.atomic():
        post(case, body="Never mind.", by=actor(company.frank))
        transaction.set_rollback(True)
    with pytest.raises(Refused):
        post(case, body="", by=actor(company.frank))
    assert not Delivery.objects.exists()
    assert waiting(SEND_JOB) == []


def test_each_webhook_gets_what_it_wants_under_one_id(company: Cast, webhook: Webhook) -> None:
    other = hook(company, "https://192.0.2.1/", "post", private=True).webhook
    hook(company, "https://192.0.2.2/", "review", private=True)
    post(cast.case(company), body="Hello", by=actor(company.frank))
    first, second = Delivery.objects.order_by("webhook")
    assert {first.webhook, second.webhook} == {webhook, other}
    assert first.event == second.event


def test_nothing_is_put_down_where_nobody_wants_it(company: Cast, webhook: Webhook) -> None:
    switch_webhook(webhook.pk, on=False, by=actor(company.ada))
    post(cast.case(company), body="Hello", by=actor(company.frank))
    assert not Delivery.objects.exists()


def test_an_import_tells_nobody(company: Cast, webhook: Webhook) -> None:
    importer = replace(actor(company.frank), origin="import salesforce")
    post(cast.case(company), body="Hello", by=importer)
    assert not Delivery.objects.exists()


def test_one_transaction_makes_one_job(company: Cast, webhook: Webhook) -> None:
    case = cast.case(company)
    for word in ("One", "Two", "Three"):
        post(case, body=word, by=actor(company.frank))
    assert Delivery.objects.count() == 3
    assert len(waiting(SEND_JOB)) == 1


def test_a_change_takes_as_many_statements_with_webhooks_as_without(company: Cast) -> None:
    case = cast.case(company)
    post(case, body="Warm", by=actor(company.frank))
    with CaptureQueriesContext(connection) as without:
        post(case, body="Without", by=actor(company.frank))
    hook(company, "https://192.0.2.1/", "post")
    with CaptureQueriesContext(connection) as beside:
        post(case, body="With", by=actor(company.frank))
    assert Delivery.objects.count() == 1
    assert len(beside) == len(without)
