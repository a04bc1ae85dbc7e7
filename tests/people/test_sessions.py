"""Where one is signed in, and ending it (K1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from heliodesk.core import clock
from heliodesk.live.signed_in import signed_in
from heliodesk.people.queries.sessions import browser_of
from heliodesk.people.rules.leaving import deactivate
from heliodesk.people.sign_in.middleware import SEEN_EVERY, LastSeen
from heliodesk.web.proxies import ProxiesMiddleware
from tests.cast import Cast, actor

PASSWORD = "an old enough password"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) AppleWebKit/605.1.15 Version/19.0 Safari/604.1"


@pytest.fixture(autouse=True)
def franks_password(company: Cast) -> None:
    cache.clear()
    company.frank.set_password(PASSWORD)
    company.frank.save()


def browser(agent: str, address: str = "127.0.0.1") -> Client:
    """One in which Frank has signed in by password."""
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    client.post("/session/login/", {"login": "frank", "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    """Whether the desk lets this browser see its pages."""
    return client.get("/guide/").status_code == 200


def test_the_places_are_listed_and_ended_one_by_one() -> None:
    here, phone = browser(FIREFOX), browser(SAFARI, "10.1.2.3")
    page = here.get("/session/places/").content.decode()
    assert "Firefox on Windows" in page
    assert "Safari on iPhone" in page
    assert "10.1.2.3" in page
    session = UserSession.objects.get(ip="10.1.2.3")
    assert signed_in(session.session_key, origin="live")
    here.post(f"/session/places/{session.pk}/ending/")
    assert (is_in(here), is_in(phone)) == (True, False)
    assert signed_in(session.session_key, origin="live") is None


def test_all_others_are_ended_at_once() -> None:
    here, there, elsewhere = browser(FIREFOX), browser(SAFARI), browser("curl/8")
    here.post("/session/places/others/ending/")
    assert [is_in(one) for one in (here, there, elsewhere)] == [True, False, False]


def test_nobody_ends_anothers(company: Cast) -> None:
    frank = browser(FIREFOX)
    fiona = Client()
    fiona.force_login(company.fiona)
    place = UserSession.objects.get(user=company.frank)
    assert fiona.post(f"/session/places/{place.pk}/ending/").status_code == 404
    assert is_in(frank)


def test_a_new_password_ends_the_others() -> None:
    here, there = browser(FIREFOX), browser(SAFARI)
    new = "a new enough password"
    here.post("/session/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(here), is_in(there)) == (True, False)
    assert Session.objects.count() == 1


def test_who_is_deactivated_has_no_session_to_come_back_to(company: Cast) -> None:
    frank = browser(FIREFOX)
    deactivate(company.frank, by=actor(company.ada))
    assert not Session.objects.exists()
    company.frank.is_active = True
    company.frank.save()
    assert not is_in(frank)


def test_a_password_of_an_administrators_making_is_changed_first(company: Cast) -> None:
    company.frank.password_is_temporary = True
    company.frank.save()
    frank = browser(FIREFOX)
    assert frank.get("/cases/")["Location"] == "/session/password/"
    assert signed_in(frank.session.session_key or "", origin="live") is None
    new = "a new enough password"
    frank.post("/session/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(frank)


def test_the_page_takes_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    here = browser(FIREFOX)
    for number in range(5):
        browser(SAFARI, f"10.0.0.{number}")
    here.get("/session/places/")
    with django_assert_max_num_queries(8):
        here.get("/session/places/")


def test_last_seen_is_written_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    browser(FIREFOX)
    long_ago = clock.now() - timedelta(hours=3)
    UserSession.objects.update(last_seen_at=long_ago)
    session, now, seen = UserSession.objects.get(), [0.0], LastSeen()
    monkeypatch.setattr("heliodesk.people.sign_in.middleware.time.monotonic", lambda: now[0])
    for now[0] in (0.0, SEEN_EVERY):
        seen.note(session.session_key)
    assert UserSession.objects.get().last_seen_at == long_ago
    now[0] = SEEN_EVERY + 1
    seen.note(session.session_key)
    assert UserSession.objects.get().last_seen_at > long_ago


@pytest.mark.parametrize(
    ("agent", "said"), [("", "Unknown"), ("curl/8.5", "curl/8.5"), (FIREFOX, "Firefox on Windows")]
)
def test_a_browser_is_called_as_people_call_it(agent: str, said: str) -> None:
    assert browser_of(agent) == said


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [
        (1, "6.6.6.6, 10.0.0.7", "10.0.0.7"),
        (2, "6.6.6.6, 10.0.0.7, 10.0.0.8", "10.0.0.7"),
        (2, "10.0.0.8", "127.0.0.1"),
        (1, "nonsense", "127.0.0.1"),
    ],
)
def test_as_many_web_servers_are_believed_as_there_are(
    proxies: int, passed: str, address: str
) -> None:

    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=passed, HTTP_X_FORWARDED_PROTO="https")
    ProxiesMiddleware(lambda _: None).believe(request, proxies)  # type: ignore[arg-type,return-value]
    assert request.META["REMOTE_ADDR"] == address
    assert request.is_secure()
