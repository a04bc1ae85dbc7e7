"""Signing in and out, and changing one's password (K1)."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.cast import Cast

OLD, NEW = "an old enough password", "a new enough password"


@pytest.fixture(autouse=True)
def nobody_has_guessed_yet(db: None) -> None:
    """allauth counts failures in the cache."""
    cache.clear()


@pytest.fixture
def frank_with_password(company: Cast) -> Cast:
    company.frank.set_password(OLD)
    company.frank.save()
    return company


def test_one_signs_in_by_name_or_address(frank_with_password: Cast, client: Client) -> None:
    for login in ("frank", "frank@example.com"):
        done = client.post("/session/login/", {"login": login, "password": OLD})
        assert done["Location"] == "/"
        assert "signed in" not in client.get("/").content.decode()
        client.post("/session/logout/")
        assert client.get("/")["Location"].startswith("/session/login/")


def test_guessing_is_slowed_down(frank_with_password: Cast, client: Client) -> None:
    for _ in range(12):
        refused = client.post("/session/login/", {"login": "frank", "password": "guess"})
    assert "Too many wrong attempts: wait 5 minutes" in refused.content.decode()
    still = client.post("/session/login/", {"login": "frank", "password": OLD})
    assert still.status_code == 200


def test_neither_spelling_nor_address_nor_host_gives_more_guesses(company: Cast) -> None:
    spelled = ("fiona", "FIONA", "fıona", "fiona@example.com", "FIONA@example.com", "fiona")
    for at, login in enumerate(spelled):
        browser = Client(REMOTE_ADDR=f"10.0.0.{at}", HTTP_HOST=f"localhost:{8000 + at}")
        refused = browser.post("/session/login/", {"login": login, "password": "guess"})
    assert "Too many wrong attempts" in refused.content.decode()


def test_a_guess_is_counted_where_every_process_reads_it(company: Cast, client: Client) -> None:
    client.post("/session/login/", {"login": "frank", "password": "guess"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM core_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchall()


def test_nobody_signs_up_or_resets_a_password_by_mail(client: Client, company: Cast) -> None:
    for place in ("signup", "password/reset", "email", "confirm-email/x"):
        client.force_login(company.frank)
        assert client.get(f"/session/{place}/").status_code == 404


def test_one_changes_ones_own_password(frank_with_password: Cast, client: Client) -> None:
    client.post("/session/login/", {"login": "frank", "password": OLD})
    done = client.post(
        "/session/password/", {"oldpassword": OLD, "password1": NEW, "password2": NEW}
    )
    assert done["Location"] == "/"
    frank_with_password.frank.refresh_from_db()
    assert frank_with_password.frank.check_password(NEW)


def test_a_short_password_and_a_wrong_old_one_are_refused(
    frank_with_password: Cast, client: Client
) -> None:
    client.post("/session/login/", {"login": "frank", "password": OLD})
    sent = {"oldpassword": "wrong", "password1": "short", "password2": "short"}
    page = client.post("/session/password/", sent).content.decode()
    assert "current password" in page
    assert "at least 10 characters" in page


def test_a_session_that_was_tampered_with_is_none(company: Cast, client: Client) -> None:
    client.force_login(company.frank)
    assert client.get("/").status_code == 200
    kept = Session.objects.get()
    Session.objects.update(session_data=kept.session_data[:-1] + "~")
    assert client.get("/")["Location"].startswith("/session/login/")


def test_who_is_deactivated_is_out_at_once(company: Cast, client: Client) -> None:
    client.force_login(company.frank)
    assert client.get("/").status_code == 200
    company.frank.is_active = False
    company.frank.save()
    assert client.get("/")["Location"].startswith("/session/login/")
