"""A webhook that leads to another system on this machine."""

from __future__ import annotations

import pytest

from heliodesk.webhooks.models import Webhook
from heliodesk.webhooks.rules.keeping import Made, Wanted, make_webhook
from tests.cast import Cast, actor
from tests.listener import Listener


def hook(company: Cast, url: str, *kinds: str, private: bool = True) -> Made:
    """A webhook to `url`, told of `kinds`."""
    told = kinds or ("created", "post", "closed")
    wanted = Wanted.of(name="Warehouse", url=url, kinds=told, private=private)
    return make_webhook(wanted, by=actor(company.ada))


@pytest.fixture
def made(company: Cast, listener: Listener) -> Made:
    """One to the listener, with its secret."""
    return hook(company, f"{listener.url}/events")


@pytest.fixture
def webhook(made: Made) -> Webhook:
    """The same without its secret."""
    return made.webhook
