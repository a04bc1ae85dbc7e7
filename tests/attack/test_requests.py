"""Requests that no browser of the desk makes, and what every answer says about itself (K1)."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast as people
from tests.cast import Cast
from tests.screens import browser

NUL = "%00"


@pytest.mark.parametrize(
    "address",
    ["/contracts/C-1%00/", "/contracts/%00/cases/new/", "/accounts/?q=a%00b", "/?%00=1", "/%00/"],
)
def test_what_postgresql_cannot_hold_is_a_bad_request(company: Cast, address: str) -> None:
    client = browser(company.ada)
    for send in (client.get, client.post):
        answer = send(address)
        assert answer.status_code == 400
        assert "could not be read" in answer.content.decode()


def test_a_cookie_with_such_a_character_is_a_bad_request_for_strangers_too(db: None) -> None:
    client = Client(headers={"cookie": r'sessionid="\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'})
    assert client.get("/session/login/").status_code == 400


@pytest.mark.parametrize(
    "address", ["/", "/queues/", "/accounts/", "/notices/", "/session/password/"]
)
def test_no_page_is_kept_for_who_comes_after(company: Cast, address: str) -> None:
    answer = browser(company.ada).get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_no_case_its_files_or_refusals_are_kept_either(company: Cast) -> None:
    case = people.case(company)
    for address in (case.get_absolute_url(), "/cases/99999999/", "/mentions/?case=1"):
        assert "no-store" in browser(company.ada).get(address)["Cache-Control"]


def test_pages_cannot_be_framed_nor_run_what_is_not_theirs(company: Cast) -> None:
    answer = browser(company.ada).get(people.case(company).get_absolute_url())
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_an_unknown_host_is_refused(db: None) -> None:
    assert Client(SERVER_NAME="evil.example").get("/session/login/").status_code == 400
