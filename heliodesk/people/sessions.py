"""Sessions in the database, as Django keeps them, read by a statement that is written out: every
request begins with it, and composing it takes Django longer than PostgreSQL takes to answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from heliodesk.core import clock

LIVE_SESSION = "SELECT * FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(DatabaseStore):
    """Django's own store but for how one is read."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's own table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.raw(LIVE_SESSION, [self.session_key, clock.now()])
        session = next(iter(found), None)
        if session is None:
            self._session_key = None
        return session

    def get_expiry_date(self, **known: Any) -> datetime:
        """When the session ends, counted by the same clock as it is read by."""
        known.setdefault("modification", clock.now())
        return super().get_expiry_date(**known)
