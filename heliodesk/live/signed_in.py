"""Whether the person of a stream is still signed in, and who they are by now (K1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import md5

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import HttpRequest

from heliodesk.core import clock
from heliodesk.live.stream import Stream
from heliodesk.people.access import Actor, actor_for
from heliodesk.people.models import User
from heliodesk.people.sessions import SessionStore
from heliodesk.people.sign_in.demanded import is_held_back

STILL = """
    SELECT w.session, u.name, u.role,
        ARRAY(SELECT queue_id FROM people_queuemembership WHERE user_id = u.id),
        ARRAY(SELECT department_id FROM people_departmentmembership WHERE user_id = u.id)
    FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS w(session, person, mark)
    JOIN django_session s ON s.session_key = w.session AND s.expire_date > %s
    JOIN people_user u ON u.id = w.person AND u.is_active AND md5(u.password) = w.mark
"""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person who is signed in by a session; `mark` changes with their password."""

    session: str
    mark: str
    actor: Actor


def session_of(cookies: str) -> str:
    """The key of the session in a Cookie header; empty where there is none."""
    for part in cookies.split(";"):
        name, _, value = part.strip().partition("=")
        if name == settings.SESSION_COOKIE_NAME:
            return value.strip('"')
    return ""


def signed_in(session: str, *, origin: str) -> SignedIn | None:
    """Who is signed in by that session, by the same door as for a page; None for nobody."""
    if not session.isalnum():
        return None
    request = HttpRequest()
    store: SessionBase = SessionStore(session)
    request.session = store
    user = get_user(request)
    if not isinstance(user, User) or is_held_back(store) or user.password_is_temporary:
        return None
    return SignedIn(session, mark_of(user.password), actor_for(user, origin=origin))


def mark_of(password: str) -> str:
    """A mark of a password's hash, as PostgreSQL makes it too; it never leaves the process."""
    return md5(password.encode(), usedforsecurity=False).hexdigest()


def check(streams: Iterable[Stream]) -> list[Stream]:
    """Those whose person is signed in no more. The others' roles and memberships are read anew.
    One SQL statement."""
    asked = list(streams)
    once = {stream.session: stream for stream in asked}
    with connection.cursor() as cursor:
        cursor.execute(
            STILL,
            [
                list(once),
                [stream.actor.person_id for stream in once.values()],
                [stream.mark for stream in once.values()],
                clock.now(),
            ],
        )
        still = {row[0]: row[1:] for row in cursor.fetchall()}
    for stream in asked:
        if found := still.get(stream.session):
            name, role, queues, departments = found
            stream.actor = replace(
                stream.actor,
                name=name,
                role=role,
                queue_ids=frozenset(queues),
                department_ids=frozenset(departments),
            )
    return [stream for stream in asked if stream.session not in still]
