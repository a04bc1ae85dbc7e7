"""What the desk asks of who signs in: a second factor, or the company's own sign-in (K1)."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from heliodesk.people.models import (
    DeskSettings,
    IdentityProvider,
    PasswordSignIn,
    Role,
    SecondFactor,
    User,
)

#: In a session whose person has to set up a second factor before anything else.
SET_UP_FIRST = "second_factor_first"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needs_second_factor(user: User) -> bool:
    """Whether the desk asks this person for one."""
    asked = DeskSettings.current().second_factor
    if asked == SecondFactor.ADMINISTRATORS:
        return bool(user.role == Role.ADMINISTRATOR)
    return bool(asked == SecondFactor.EVERYBODY)


def has_second_factor(user: User) -> bool:
    """Whether the person has an app or a key; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def lacks_second_factor(user: User) -> bool:
    """Whether one is asked for and there is none."""
    return needs_second_factor(user) and not has_second_factor(user)


def may_sign_in_without_provider(user: User) -> bool:
    """Whether a password or a passkey is enough: always for administrators, so that nobody is
    locked out by a provider that is down."""
    if user.role == Role.ADMINISTRATOR:
        return True
    if DeskSettings.current().password_sign_in == PasswordSignIn.EVERYBODY:
        return True
    return not IdentityProvider.objects.filter(is_active=True).exists()


def is_held_back(session: SessionBase) -> bool:
    """Whether this session may do nothing yet but set up a second factor."""
    return bool(session.get(SET_UP_FIRST))


def came_by_provider(request: HttpRequest, user: User) -> bool:
    """Whether the sign-in that goes on now, or was the last, is the company's own."""
    first = [
        one["method"]
        for one in get_authentication_records(request, user)
        if not one.get("reauthenticated") and (one["method"] != "mfa" or one.get("passwordless"))
    ]
    return bool(first) and first[-1] == "socialaccount"
