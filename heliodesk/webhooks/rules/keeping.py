"""Making and changing webhooks (K1, K4): administrators do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Any, NamedTuple

from heliodesk.core import audit, clock, reachable
from heliodesk.core.outgoing import NotReached, host_of
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.core.rule import rule
from heliodesk.core.sealed import seal
from heliodesk.core.text import trimmed
from heliodesk.feed.kinds import KINDS
from heliodesk.people.access import Actor, require_administrator
from heliodesk.webhooks.models import Delivery, DeliveryState, Webhook
from heliodesk.webhooks.signing import new_secret

OLD_SECRET_HOLDS = timedelta(hours=24)
LONGEST_NAME, LONGEST_URL = 80, 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an administrator decides about a webhook."""

    name: str
    url: str
    kinds: frozenset[str]
    private: bool = False

    @classmethod
    def of(cls, *, name: str, url: str, kinds: Iterable[str], private: bool) -> Wanted:
        """As it was entered."""
        return cls(trimmed(name), url.strip(), frozenset(kinds), private)


class Made(NamedTuple):
    """A webhook and its secret, which is shown this once."""

    webhook: Webhook
    secret: str


@rule("K1", "K4")
def make_webhook(wanted: Wanted, *, by: Actor) -> Made:
    """A webhook that is told from now on; gives it with its secret, this once. Refuses for anybody
    but administrators, without a name or events, and an address that is not to be told."""
    require_administrator(by=by, to="make a webhook")
    _check(wanted)
    secret = new_secret()
    webhook = Webhook.objects.create(
        **_values(wanted), secret=seal(secret), made_at=clock.now(), made_by_id=by.person_id
    )
    audit.note("webhook_made", "webhook", webhook.pk, changes=_values(wanted), by=by)
    return Made(webhook, secret)


@rule("K1", "K4")
def change_webhook(webhook_id: int, wanted: Wanted, *, by: Actor) -> Webhook:
    """Another name, address, or choice of events; what waits already goes to the new address."""
    webhook = lock_webhook(webhook_id, by=by)
    _check(wanted)
    values = _values(wanted)
    changes = {
        name: [getattr(webhook, name), value]
        for name, value in values.items()
        if getattr(webhook, name) != value
    }
    if changes:
        for name, (_, value) in changes.items():
            setattr(webhook, name, value)
        webhook.save(update_fields=[*changes])
        audit.note("webhook_changed", "webhook", webhook.pk, changes=changes, by=by)
    return webhook


@rule("K1", "K4")
def change_secret(webhook_id: int, *, by: Actor) -> Made:
    """A new secret; the present one signs beside it for a day, so that nothing is refused while
    the receiver learns the new one."""
    webhook = lock_webhook(webhook_id, by=by)
    secret = new_secret()
    webhook.old_secret, webhook.secret = webhook.secret, seal(secret)
    webhook.old_secret_until = clock.now() + OLD_SECRET_HOLDS
    webhook.save(update_fields=["secret", "old_secret", "old_secret_until"])
    audit.note("webhook_secret_changed", "webhook", webhook.pk, by=by)
    return Made(webhook, secret)


@rule("K1", "K4")
def switch_webhook(webhook_id: int, *, on: bool, by: Actor) -> Webhook:
    """On: it is told from now on, and what waits is tried at once. Off: what waits has failed, and
    what happens meanwhile it is not told."""
    webhook = lock_webhook(webhook_id, by=by)
    if webhook.is_active != on:
        switch(webhook, on=on, because="" if on else "Switched off by hand.", by=by)
    return webhook


@rule("K1", "K4")
def remove_webhook(webhook_id: int, *, by: Actor) -> str:
    """Forget a webhook with its log; gives what it was called."""
    webhook = lock_webhook(webhook_id, by=by)
    audit.note("webhook_removed", "webhook", webhook.pk, changes={"name": webhook.name}, by=by)
    webhook.delete()
    return webhook.name


def switch(webhook: Webhook, *, on: bool, because: str, by: Actor) -> None:
    """Switch a locked webhook, whoever decided it."""
    webhook.is_active, webhook.off_because = on, because[:300]
    webhook.failing_since, webhook.failures, webhook.rests_until = None, 0, None
    webhook.save(
        update_fields=["is_active", "off_because", "failing_since", "failures", "rests_until"]
    )
    if not on:
        Delivery.objects.filter(webhook=webhook, state=DeliveryState.WAITING).update(
            state=DeliveryState.FAILED, next_try_at=None
        )
    kind = "webhook_switched_on" if on else "webhook_switched_off"
    changes = {"because": because} if because else {}
    audit.note(kind, "webhook", webhook.pk, changes=changes, by=by)


def lock_webhook(webhook_id: int, *, by: Actor) -> Webhook:
    """The webhook, locked, for an administrator."""
    require_administrator(by=by, to="keep webhooks")
    webhook = Webhook.objects.select_for_update().filter(pk=webhook_id).first()
    if webhook is None:
        raise not_found()
    return webhook


def not_found() -> NotFound:
    """There is none, or none any more."""
    return NotFound("webhook_not_found", "There is no such webhook (any more).", rule="K1")


def _values(wanted: Wanted) -> dict[str, Any]:
    return {
        "name": wanted.name,
        "url": wanted.url,
        "kinds": sorted(wanted.kinds),
        "private": wanted.private,
    }


def _check(wanted: Wanted) -> None:
    if not wanted.name:
        raise refused("name_missing", "Say which program it is for.", "name")
    if len(wanted.name) > LONGEST_NAME:
        raise refused("too_long", f"At most {LONGEST_NAME} characters fit. Shorten it.", "name")
    if not wanted.kinds:
        raise refused("kinds_missing", "Choose at least one event.", "kinds")
    if unknown := wanted.kinds - KINDS.keys():
        raise refused("kind_unknown", f"There is no event “{min(unknown)[:30]}”.", "kinds")
    if len(wanted.url) > LONGEST_URL:
        raise refused("too_long", f"At most {LONGEST_URL} characters fit. Shorten it.", "url")
    _check_address(wanted.url, private=wanted.private)


def _check_address(url: str, *, private: bool) -> None:
    """What can be said without asking the network: names are looked up by the form, and again at
    each sending."""
    try:
        host = host_of(url)
        reachable.judge(ip_address(host), private=private)
    except NotReached as error:
        raise address_refused(error.reason) from error
    except reachable.NotAllowedError as error:
        raise address_refused(f"{host} {error}") from error
    except ValueError:
        return  # a name


def address_refused(reason: str) -> Refused:
    """Why nothing can be sent there, and what to do instead."""
    return refused(
        "address_refused",
        f"Nothing can be sent there: {reason}. Enter an address of the public internet, or tick "
        "“Inside our network”.",
        "url",
    )


def refused(code: str, message: str, field: str) -> Refused:
    """What is said of a field of the form."""
    return Refused(code, message, rule="K1", field=field)
