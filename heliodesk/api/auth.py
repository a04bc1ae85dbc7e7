"""Who comes in by a token, how often, and what the token may (K1)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from allauth.core.internal import ratelimit
from django.db import connection
from django.http import HttpRequest
from ninja.security import HttpBearer

from heliodesk.api.models import ApiToken, Scope
from heliodesk.api.rules.tokens import SHOWN, digest_of
from heliodesk.core import clock
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.people.access import Actor

#: Requests that a token has in a minute.
A_MINUTE = int(os.environ.get("HELIODESK_API_REQUESTS_A_MINUTE", "600"))
#: Tokens that are none, which an address may send in a minute.
GUESSES = {"token": "30/m/ip"}
ORDER = [scope.value for scope in Scope]
READING = {"GET", "HEAD", "OPTIONS"}

# Token, person, memberships and the count of this minute in one: it begins every request.
COME_IN = """
    WITH token AS (
        SELECT t.id, t.scope, t.last_used_at, u.id AS user_id, u.name, u.role,
            ARRAY(SELECT queue_id FROM people_queuemembership WHERE user_id = u.id) AS queues,
            ARRAY(SELECT department_id FROM people_departmentmembership WHERE user_id = u.id)
                AS departments
        FROM api_apitoken t JOIN people_user u ON u.id = t.user_id
        WHERE t.digest = %(digest)s AND t.withdrawn_at IS NULL AND u.is_active
            AND (t.expires_at IS NULL OR t.expires_at > %(now)s)
    ), used AS (
        INSERT INTO api_apiuse AS a (token_id, minute, requests) SELECT id, %(minute)s, 1 FROM token
        ON CONFLICT (token_id) DO UPDATE SET minute = EXCLUDED.minute,
            requests = CASE WHEN a.minute = EXCLUDED.minute THEN a.requests + 1 ELSE 1 END
        RETURNING requests
    )
    SELECT token.*, used.requests FROM token, used
"""


@dataclass(frozen=True, slots=True)
class Token:
    """The token of a request: what it may, and how many of its requests are left this minute."""

    scope: str
    left: int
    resets_in: int  # seconds


class TooMany(Refused):
    """The token has used up what it has in a minute."""

    @property
    def status(self) -> HTTPStatus:
        """429."""
        return HTTPStatus.TOO_MANY_REQUESTS


class TooManyGuesses(Refused):
    """From this address too many tokens came that are none."""

    @property
    def status(self) -> HTTPStatus:
        """429."""
        return HTTPStatus.TOO_MANY_REQUESTS


class Bearer(HttpBearer):
    """`Authorization: Bearer hd_…`. Reading needs any scope, everything else `write`, unless the
    operation says more."""

    def __init__(self, *, least: Scope | None = None) -> None:
        super().__init__()
        self.least = least

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The acting person, or None for a token that is unknown, withdrawn or over, or of
        somebody who is no longer active."""
        now = clock.now()
        found = come_in(token, now)
        if found is None:
            count_guess(request)
            return None
        pk, scope, last_used_at, user_id, name, role, queues, departments, requests = found
        held = Token(scope, max(A_MINUTE - requests, 0), 60 - int(now.timestamp()) % 60)
        actor = Actor(
            user_id=user_id,
            name=name,
            role=role,
            queue_ids=frozenset(queues),
            department_ids=frozenset(departments),
            origin=f"api {request.META.get('REMOTE_ADDR', '')} {token[:SHOWN]}",
        )
        request.token, request.actor = held, actor  # type: ignore[attr-defined]  # it makes an ApiRequest of it
        if requests == 1 or last_used_at is None:
            ApiToken.objects.filter(pk=pk).update(last_used_at=now)
        if requests > A_MINUTE:
            raise TooMany(
                "too_many_requests",
                f"This token has {A_MINUTE} requests a minute. Go on in {held.resets_in} s.",
                rule="K1",
            )
        self.require_scope(request, scope)
        return actor

    def require_scope(self, request: HttpRequest, scope: str) -> None:
        """Refuse what goes beyond the token's scope."""
        reads = request.method in READING
        least = self.least or (Scope.READ if reads else Scope.WRITE)
        if ORDER.index(scope) < ORDER.index(least):
            raise NotPermitted(
                "scope_exceeded",
                f"This token's scope is {scope}, and this needs {least}. Make another token.",
                rule="K1",
            )


def count_guess(request: HttpRequest) -> None:
    """Count a token that is none, by the address it came from, in the cache that all processes
    share; refuse where there were too many. A token that holds is let through all the same: an
    office comes from one address, and nobody guesses 256 bits."""
    counted = ratelimit.consume(
        request, app="heliodesk.api", action="token", config=GUESSES, limit_get=True
    )
    if not counted:
        raise TooManyGuesses(
            "too_many_guesses",
            "Too many tokens from your address were none. Wait a minute, and look at the token: it "
            "may be withdrawn, over, or cut off.",
            rule="K1",
        )


def come_in(token: str, now: datetime) -> tuple[Any, ...] | None:
    """The row of `COME_IN` for this token, counted; None where there is none that holds."""
    values: dict[str, Any] = {
        "digest": digest_of(token),
        "now": now,
        "minute": int(now.timestamp()) // 60,
    }
    with connection.cursor() as cursor:
        cursor.execute(COME_IN, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found
