"""The person of a request, read in one statement (K1)."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from heliodesk.people.access import active_user
from heliodesk.people.models import User


class DeskBackend(AuthenticationBackend):
    """allauth's backend, with the memberships of the person read along."""

    def get_user(self, user_id: int) -> User | None:
        """The active user with queue and department IDs, or None."""
        return active_user(user_id)
