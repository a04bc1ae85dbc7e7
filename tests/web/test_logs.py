"""What is written to the log: trouble of the server's, and not what people mistype."""

from __future__ import annotations

import logging
from http import HTTPStatus

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.cast import Cast


def broken(request: HttpRequest) -> HttpResponse:
    """A page that fails."""
    raise RuntimeError("a fault of ours")


urlpatterns = [path("", broken)]


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_no_trouble(
    company: Cast, frank_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert frank_client.get("/cases/99999999/").status_code == HTTPStatus.NOT_FOUND
    assert frank_client.put("/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert not [one for one in caplog.records if one.name.startswith("django.request")]


@pytest.mark.urls("tests.web.test_logs")
@pytest.mark.django_db
def test_a_page_that_fails_is(frank_client: Client, caplog: pytest.LogCaptureFixture) -> None:
    frank_client.raise_request_exception = False
    answer = frank_client.get("/")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    logged = [one for one in caplog.records if one.name == "django.request"]
    assert [one.levelno for one in logged] == [logging.ERROR]
    assert logged[0].exc_info
