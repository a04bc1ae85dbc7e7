"""Sessions in the database, as Django keeps them, read by a statement that is written out: every
request begins with it, and composing it takes Django longer than PostgreSQL takes to answer."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection

from heliodesk.core import clock

LIVE_SESSION = """
    SELECT session_data, expire_date FROM django_session
    WHERE session_key = %s AND expire_date > %s
"""
FIELDS = ["session_key", "session_data", "expire_date"]
KEPT = 2_000  # sessions


class SessionStore(DatabaseStore):
    """Django's own store but for how one is read."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's own table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        with connection.cursor() as cursor:
            cursor.execute(LIVE_SESSION, [self.session_key, clock.now()])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return None
        return Session.from_db(connection.alias, FIELDS, (self.session_key, *found))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What the session holds; its signature is checked once a process, not with each page."""
        try:
            return dict(self.serializer().loads(_signed(session_data, self.key_salt)))
        except signing.BadSignature:
            return super().decode(session_data)  # says so in the log

    def get_expiry_date(self, **known: Any) -> datetime:
        """When the session ends, counted by the same clock as it is read by."""
        known.setdefault("modification", clock.now())
        return super().get_expiry_date(**known)


class _Bytes:
    """Leaves what was signed as it is, so that each request reads a session of its own from it."""

    def dumps(self, obj: bytes) -> bytes:
        return obj

    def loads(self, data: bytes) -> bytes:
        return data


@lru_cache(maxsize=KEPT)
def _signed(session_data: str, salt: str) -> bytes:
    return bytes(signing.loads(session_data, salt=salt, serializer=_Bytes))
