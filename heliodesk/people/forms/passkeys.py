"""allauth's forms of passkeys; what is no credential at all is refused as a wrong one (K1)."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)

#: What fido2 says of what is no credential at all.
UNFIT = (KeyError, TypeError, ValueError, AttributeError, IndexError, AssertionError)


class Credential:
    """A form that is sent a credential."""

    def clean_credential(self) -> Authenticator:
        """Refuse nonsense as any wrong credential."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form that it is mixed into
        except UNFIT as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AuthenticateForm(Credential, AuthenticateWebAuthnForm):
    """The second factor."""


class LoginForm(Credential, LoginWebAuthnForm):
    """Instead of a password."""


class ReauthenticateForm(Credential, ReauthenticateWebAuthnForm):
    """That it is oneself."""


class AddForm(AddWebAuthnForm):
    """A new one."""

    def clean(self) -> dict[str, Any]:
        """Refuse nonsense as any wrong credential."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except UNFIT as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned
