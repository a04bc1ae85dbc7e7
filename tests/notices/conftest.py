"""Fixtures of notices."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture
def sends_mail(settings: Settings) -> None:
    """The desk sends mail, which django.core.mail.outbox collects."""
    settings.SENDS_MAIL = True
    settings.ADDRESS = "https://desk.example.com"
    settings.DEFAULT_FROM_EMAIL = "heliodesk@desk.example.com"
