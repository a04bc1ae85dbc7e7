"""Forms are accepted with the page's token only."""

from __future__ import annotations

import re
from collections import Counter

from django.middleware.csrf import CSRF_ALLOWED_CHARS
from django.test import Client

from heliodesk.web.csrf import random_letters
from tests.cast import Cast

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w{64})"')


def strict_client(company: Cast) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(company.frank)
    return client


def test_a_page_has_one_token_for_its_forms_and_the_next_page_another(company: Cast) -> None:
    client = strict_client(company)
    pages = [client.get("/guide/").content.decode() for _ in range(3)]
    tokens = [set(TOKEN.findall(page)) for page in pages]
    assert all(len(found) == 1 for found in tokens)
    assert len(set.union(*tokens)) == 3


def test_every_token_of_a_browser_is_accepted(company: Cast) -> None:
    client = strict_client(company)
    for _ in range(3):
        page = client.get("/guide/").content.decode()
        token = TOKEN.findall(page)[0]
        kept = {"key": "x", "data": "{}", "csrfmiddlewaretoken": token}
        assert client.post("/drafts/", kept).status_code < 400


def test_another_browsers_token_and_none_are_refused(company: Cast) -> None:
    others = TOKEN.findall(strict_client(company).get("/guide/").content.decode())[0]
    client = strict_client(company)
    client.get("/guide/")
    for token in (others, others[::-1], "a" * 32, ""):
        kept = {"key": "x", "data": "{}", "csrfmiddlewaretoken": token}
        assert client.post("/drafts/", kept).status_code == 403


def test_a_browser_gets_the_cookie_once(company: Cast) -> None:
    client = strict_client(company)
    assert "csrftoken" in client.get("/guide/").cookies
    assert "csrftoken" not in client.get("/guide/").cookies


def test_random_letters_are_spread_evenly() -> None:
    counts = Counter(random_letters(62_000))
    assert set(counts) == set(CSRF_ALLOWED_CHARS)
    assert max(counts.values()) < 1.4 * min(counts.values())
