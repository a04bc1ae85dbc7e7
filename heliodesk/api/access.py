"""Whose tokens one may see, and for whom one may make them (K1)."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet

from heliodesk.api.models import ApiToken
from heliodesk.core.refusal import NotFound
from heliodesk.people.access import Actor
from heliodesk.people.models import User


def own_tokens(by: Actor) -> QuerySet[ApiToken]:
    """One's own tokens, those that ended too, the newest first."""
    return ApiToken.objects.filter(user_id=by.person_id)


def services() -> QuerySet[User]:
    """Active people who cannot sign in: they have no password, are not invited to choose one, and
    come by no provider and no passkey."""
    return User.objects.filter(
        is_active=True,
        password__startswith=UNUSABLE_PASSWORD_PREFIX,
        invitations=None,
        socialaccount=None,
        authenticator=None,
        last_login=None,
    )


def require_administrator(*, by: Actor) -> None:
    """For everybody else there is no such page."""
    if not by.is_administrator:
        raise NotFound(
            "page_not_found",
            "Administrators keep the tokens of services. Yours stand in your settings.",
            rule="K1",
        )
