"""Making and withdrawing the tokens that other programs come in with (K1)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import NamedTuple

from heliodesk.api.access import services
from heliodesk.api.models import ApiToken, Scope
from heliodesk.core import audit, clock
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor
from heliodesk.people.models import User

PREFIX = "hd_"
SHOWN = 10  # characters of a token that are kept, to know it by
LONGEST_NAME = 80


class Made(NamedTuple):
    """A new token, and its text, which is nowhere kept."""

    token: ApiToken
    text: str


@rule("K1", "K4")
def make_token(
    user: User, *, name: str, scope: str, expires_at: datetime | None = None, by: Actor
) -> Made:
    """A token by which a program acts as `user`; gives it with its text, this once.

    Everybody makes their own. An administrator makes those of services, which are people who
    cannot sign in: nobody else's, because whoever has a token is that person. Refuses anybody
    else's, an unknown scope, no name or a long one, and an end that is past.
    """
    require_own_or_service(user, by=by)
    if scope not in Scope.values:
        raise refused("scope_unknown", "Choose what the token may: read, write or admin.", "scope")
    name = trimmed(name)
    if not name:
        raise refused("name_missing", "Say what the token is for.", "name")
    if len(name) > LONGEST_NAME:
        raise refused("too_long", f"At most {LONGEST_NAME} characters fit. Shorten it.", "name")
    now = clock.now()
    if expires_at is not None and expires_at <= now:
        raise refused("expires_in_the_past", "Choose a day that is still to come.", "expires_at")
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        scope=scope,
        prefix=text[:SHOWN],
        digest=digest_of(text),
        created_at=now,
        created_by_id=by.person_id,
        expires_at=expires_at,
    )
    audit.note(
        "api_token_made", "user", user.pk, changes={"token": token.pk, "scope": scope}, by=by
    )
    return Made(token, text)


@rule("K1", "K4")
def withdraw_token(token_id: int, *, by: Actor) -> ApiToken:
    """End a token; gives it. One that has ended stays as it is. Refuses with `NotFound` for
    anybody but its owner and administrators."""
    token = ApiToken.objects.select_for_update().filter(pk=token_id).first()
    if token is None or not (token.user_id == by.user_id or by.is_administrator):
        raise NotFound("token_not_found", "There is no such token, or it is not yours.", rule="K1")
    if token.withdrawn_at is None:
        token.withdrawn_at, token.withdrawn_by_id = clock.now(), by.person_id
        token.save(update_fields=["withdrawn_at", "withdrawn_by"])
        audit.note("api_token_withdrawn", "user", token.user_id, changes={"token": token.pk}, by=by)
    return token


def digest_of(text: str) -> str:
    """What is kept of a token. It is random and long, so that a plain hash cannot be guessed."""
    return hashlib.sha256(text.encode()).hexdigest()


def require_own_or_service(user: User, *, by: Actor) -> None:
    """Refuse a token for somebody else who can sign in, and for whom nobody may act (K1)."""
    if user.pk == by.user_id:
        return
    if not by.is_administrator:
        raise NotPermitted(
            "not_your_token", "Everybody makes their own tokens. Make one for yourself.", rule="K1"
        )
    if not services().filter(pk=user.pk).exists():
        raise NotPermitted(
            "not_a_service",
            f"{user.name} is not a service: a service is an active person without a password. Ask "
            "them to make a token in their own settings.",
            rule="K1",
        )


def refused(code: str, message: str, field: str) -> Refused:
    """What is said of a field of the form."""
    return Refused(code, message, rule="K1", field=field)
