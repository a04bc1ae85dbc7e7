"""Making and changing webhooks."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.core.sealed import unseal
from heliodesk.webhooks.models import Delivery, Webhook
from heliodesk.webhooks.rules.keeping import (
    Wanted,
    change_secret,
    change_webhook,
    make_webhook,
    remove_webhook,
    switch_webhook,
)
from tests.cast import Cast, actor

GOOD: dict[str, Any] = {
    "name": "Warehouse",
    "url": "https://hooks.example.com/desk",
    "kinds": ["closed", "created"],
    "private": False,
}


def test_it_is_made_with_a_secret_that_is_kept_sealed(company: Cast) -> None:
    made = make_webhook(Wanted.of(**GOOD), by=actor(company.ada))
    webhook = Webhook.objects.get()
    assert (webhook.name, webhook.url, webhook.kinds) == (
        "Warehouse", "https://hooks.example.com/desk", ["closed", "created"],
    )  # fmt: skip
    assert made.secret.startswith("whsec_")
    assert made.secret not in webhook.secret
    assert unseal(webhook.secret) == made.secret
    entry = AuditEntry.objects.get(kind="webhook_made")
    assert entry.changes["url"] == "https://hooks.example.com/desk"
    assert made.secret not in str(entry.changes)


@pytest.mark.parametrize(
    ("fault", "code", "field"),
    [
        ({"name": " "}, "name_missing", "name"),
        ({"name": "x" * 81}, "too_long", "name"),
        ({"kinds": []}, "kinds_missing", "kinds"),
        ({"kinds": ["created", "nonsense"]}, "kind_unknown", "kinds"),
        ({"url": "ftp://example.com"}, "address_refused", "url"),
        ({"url": "https://user:secret@example.com"}, "address_refused", "url"),
        ({"url": "http://127.0.0.1/"}, "address_refused", "url"),
        ({"url": "http://[::ffff:10.0.0.1]/"}, "address_refused", "url"),
        ({"url": "http://169.254.169.254/latest/"}, "address_refused", "url"),
        ({"url": "http://169.254.169.254/", "private": True}, "address_refused", "url"),
        ({"url": "https://example.com/" + "x" * 500}, "too_long", "url"),
    ],
)
def test_what_cannot_be_is_refused(
    company: Cast, fault: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refused) as caught:
        make_webhook(Wanted.of(**GOOD | fault), by=actor(company.ada))
    assert (caught.value.code, caught.value.field, caught.value.rule) == (code, field, "K1")
    assert not Webhook.objects.exists()


def test_the_own_network_where_it_is_ticked(company: Cast) -> None:
    wanted = Wanted.of(**GOOD | {"url": "http://10.1.2.3/", "private": True})
    assert make_webhook(wanted, by=actor(company.ada)).webhook.private


def test_only_administrators(company: Cast, webhook: Webhook) -> None:
    wanted, by = Wanted.of(**GOOD), actor(company.sue)
    for act in (
        lambda: make_webhook(wanted, by=by),
        lambda: change_webhook(webhook.pk, wanted, by=by),
        lambda: change_secret(webhook.pk, by=by),
        lambda: switch_webhook(webhook.pk, on=False, by=by),
        lambda: remove_webhook(webhook.pk, by=by),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_change_is_recorded_with_both_values(company: Cast, webhook: Webhook) -> None:
    change_webhook(webhook.pk, Wanted.of(**GOOD), by=actor(company.ada))
    changes = AuditEntry.objects.get(kind="webhook_changed").changes
    assert changes["url"] == [webhook.url, "https://hooks.example.com/desk"]
    assert changes["private"] == [True, False]
    assert "name" not in changes
    change_webhook(webhook.pk, Wanted.of(**GOOD), by=actor(company.ada))
    assert AuditEntry.objects.filter(kind="webhook_changed").count() == 1


def test_a_new_secret_takes_the_place_of_the_old(company: Cast, webhook: Webhook) -> None:
    before = webhook.secret
    made = change_secret(webhook.pk, by=actor(company.ada))
    webhook.refresh_from_db()
    assert unseal(webhook.secret) == made.secret
    assert webhook.old_secret == before
    assert webhook.signs_twice_until is not None


def test_removing_takes_the_log_along(company: Cast, webhook: Webhook) -> None:
    Delivery.objects.create(webhook=webhook, kind="test", at=webhook.made_at, state="failed")
    assert remove_webhook(webhook.pk, by=actor(company.ada)) == "Warehouse"
    assert not Webhook.objects.exists()
    assert not Delivery.objects.exists()
    with pytest.raises(NotFound):
        remove_webhook(webhook.pk, by=actor(company.ada))
