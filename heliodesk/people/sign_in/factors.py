"""Second factors: how allauth keeps them, and what it calls the desk (K1)."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from heliodesk.core.sealed import seal, unseal
from heliodesk.people.models import User
from heliodesk.people.sign_in.demanded import FACTORS, needs_second_factor

NAMES = ("This device", "Another device")


class DeskMFAAdapter(DefaultMFAAdapter):
    """Secrets are sealed; the last factor of who has to have one stays."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is wrong, used, or too old. Wait for the next. (K1)",
        "cannot_delete_authenticator": (
            "This desk asks you for a second factor, and this is your only one: add another first. "
            "(K1)"
        ),
    }

    def encrypt(self, text: str) -> str:
        """Sealed with the desk's key."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last factor of somebody who has to have one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists() or not needs_second_factor(
            authenticator.user
        )

    def get_totp_issuer(self) -> str:
        """What the app shows above the code."""
        return f"Heliodesk {self._get_site_name()}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the browser shows when it asks for the key."""
        told: dict[str, str] = super().get_public_key_credential_rp_entity()
        return told | {"name": "Heliodesk"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, object]:
        """Whose key it is, by the name that others see."""
        shown: dict[str, object] = super().get_public_key_credential_user_entity(user)
        return shown | {"display_name": user.name}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name for it
        """A name to know a key by."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return NAMES[count] if count < len(NAMES) else f"Key {count + 1}"
