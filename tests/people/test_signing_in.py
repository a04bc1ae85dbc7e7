"""What the tests sign in by (tests/signing_in.py) leaves what Django leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.contrib.sessions.models import Session
from django.test import Client

from heliodesk.people.models import User
from tests import signing_in
from tests.cast import Cast

BACKEND = "heliodesk.people.sign_in.backend.DeskBackend"


def left(client: Client, user: User) -> tuple[dict[str, Any], dict[str, Any], datetime, datetime]:
    """What is in the session, how its cookie is kept, when it ends, and when the user came last."""
    cookies: SimpleCookie = client.cookies
    session = Session.objects.get(session_key=cookies["sessionid"].value)
    last_login = User.objects.get(pk=user.pk).last_login
    assert last_login is not None
    return session.get_decoded(), dict(cookies["sessionid"]), session.expire_date, last_login


def test_signed_in_at_once_or_by_django_the_same_is_left(company: Cast) -> None:
    at_once, by_django = Client(), Client()
    signing_in.at_once(at_once, company.frank, BACKEND)
    one = left(at_once, company.frank)
    signing_in.as_django_does(by_django, company.frank, BACKEND)
    other = left(by_django, company.frank)
    assert one[:2] == other[:2]
    assert other[2] - one[2] < timedelta(minutes=1)
    assert timedelta(0) < other[3] - one[3] < timedelta(minutes=1)
    for client in (at_once, by_django):
        assert client.get("/guide/").status_code == 200
