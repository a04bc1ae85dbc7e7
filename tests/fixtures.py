"""Fixtures of the desk: the cast, and a clock that stands still."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from heliodesk.worklists.queries import names
from tests import kept
from tests.cast import Cast, make_cast
from tests.clocks import Clock


@pytest.fixture
def company(db: None) -> Cast:
    """The whole cast, inserted."""
    names.forget()
    return kept.insert(make_cast)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The desk's clock, standing still until it is moved."""
    return Clock(monkeypatch)


@pytest.fixture
def frank_client(company: Cast, client: Client) -> Client:
    """A browser in which Frank is signed in."""
    client.force_login(company.frank)
    return client


@pytest.fixture
def sends_mail(settings: Settings) -> None:
    """The desk sends mail, which django.core.mail.outbox collects."""
    settings.SENDS_MAIL = True
    settings.ADDRESS = "https://desk.example.com"
    settings.DEFAULT_FROM_EMAIL = "heliodesk@desk.example.com"
