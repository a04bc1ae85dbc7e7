"""Signing in: allauth does it; the desk says who may, and reads a person in one statement (K1)."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from heliodesk.people.access import active_user
from heliodesk.people.models import User


class DeskBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's backend, with the memberships of the person read along."""

    def get_user(self, user_id: int) -> User | None:
        """The active user with queue and department IDs, or None."""
        return active_user(user_id)


class DeskAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up by themself: an administrator makes the users."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to My desk, where the message says that it is done."""
        return "/"
