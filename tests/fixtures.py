"""Fixtures of the desk: the cast, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from heliodesk.worklists.queries import names
from tests.cast import Cast
from tests.clocks import Clock
from tests.listener import Listener, listening
from tests.standing import Standing


@pytest.fixture(scope="session")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Standing]:
    """What holds the cast from test to test."""
    standing = Standing()
    yield standing
    with django_db_blocker.unblock():
        standing.leave()


@pytest.fixture
def _around(
    request: pytest.FixtureRequest, standing: Standing, django_db_blocker: DjangoDbBlocker
) -> None:
    """The cast stands before a test's own transaction begins, if it asks for both."""
    with django_db_blocker.unblock():
        if "company" in request.fixturenames and not _commits(request):
            standing.of(request.path)
        else:
            standing.leave()


@pytest.fixture
def _django_db_helper(_around: None, _django_db_helper: None) -> None:
    """pytest-django's, which begins the transaction."""


@pytest.fixture
def company(db: None, standing: Standing) -> Cast:
    """The whole cast, inserted."""
    names.forget()
    return standing.cast()


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
    real = _commits(request)
    if real:
        request.getfixturevalue("transactional_db")
    yield
    if real:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers")


def _commits(request: pytest.FixtureRequest) -> bool:
    """Whether the test has real transactions."""
    marker = request.node.get_closest_marker("django_db")
    asks = {"transactional_db", "live_server"}.intersection(request.fixturenames)
    return bool(asks or (marker and marker.kwargs.get("transaction")))
