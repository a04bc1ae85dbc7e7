"""Fixtures of the desk: the cast, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from heliodesk.worklists.queries import names
from tests import kept
from tests.cast import Cast, make_cast
from tests.clocks import Clock
from tests.listener import Listener, listening


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
def listener() -> Iterator[Listener]:
    """Another system, which the desk's requests reach."""
    with listening() as listener:
        yield listener


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


@pytest.fixture(autouse=True)
def _no_job_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with real transactions Django empties its own tables; the queue is not one."""
    marker = request.node.get_closest_marker("django_db")
    asks = {"transactional_db", "live_server"}.intersection(request.fixturenames)
    real = asks or (marker and marker.kwargs.get("transaction"))
    if real:
        request.getfixturevalue("transactional_db")
    yield
    if real:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
