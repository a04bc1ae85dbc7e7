"""Signing somebody in at once: one statement in the place of Django's ten.

A browser that is signed in is how most tests begin, and not what they are about: tests/people signs
in by the form. What is left in the tables is the same, which tests/people/test_signing_in.py says.
"""

from __future__ import annotations

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from heliodesk.people.models import User
from heliodesk.people.sessions import SessionStore

KEY_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
SIGN_IN = """
    WITH seen AS (UPDATE people_user SET last_login = %s WHERE id = %s)
    INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s)
"""

as_django_does = Client._login  # type: ignore[attr-defined]


def at_once(client: Client, user: User, backend: str | None = None) -> None:
    """In the place of `Client._login`."""
    request = HttpRequest()
    request.session = store = SessionStore(get_random_string(32, KEY_CHARACTERS))
    if client.cookies or user.pk is None:
        as_django_does(client, user, backend)
        return
    held = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: backend or user.backend,
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    user.last_login = timezone.now()
    values = (user.last_login, user.pk, store.session_key, store.encode(held))
    with connection.cursor() as cursor:
        cursor.execute(SIGN_IN, (*values, store.get_expiry_date(expiry=None)))
    client._set_login_cookies(request)  # type: ignore[attr-defined]
