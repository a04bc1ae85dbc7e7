"""Signing in by password: who may, what is said, and where one is led (K1)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from heliodesk.core.jobs import defer
from heliodesk.people.access import actor_for
from heliodesk.people.models import User
from heliodesk.people.rules.ending_sessions import end_for_new_password
from heliodesk.people.sign_in.demanded import (
    SET_UP_FIRST,
    came_by_provider,
    lacks_second_factor,
    may_sign_in_without_provider,
)

RESET_JOB = "heliodesk.people.jobs.mail_password_reset"
BY_PROVIDER_ONLY = (
    "Passwords and passkeys are switched off for this desk: sign in by your company’s sign-in "
    "below. (K1)"
)
TOO_MANY = (
    "Too many wrong attempts: wait 5 minutes, then try again. Forgotten? Ask your administrator. "
    "(K1)"
)


class DeskAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themself: an administrator invites people."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "username_password_mismatch": "User name and password do not belong together. (K1)",
        "email_password_mismatch": "Address and password do not belong together. (K1)",
        "incorrect_password": "This is not your password. (K1)",
        "enter_current_password": "This is not your current password. (K1)",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the record of changes says too; a unix socket has none."""
        return request.META.get("REMOTE_ADDR") or "127.0.0.1"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures are counted by the person, whichever of their names is tried, however it is
        spelled (the database takes ı for i), and whatever host and port the browser says."""
        login = credentials.get("email") or credentials.get("username") or ""
        called = Q(username__iexact=login) | Q(email__iexact=login)
        found = User.objects.filter(called).order_by("pk").values_list("pk", flat=True).first()
        return f"person {found}" if found else f"nobody {login.casefold()}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to My desk, where the message says that it is done."""
        return "/"

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Refuse who has to come by the company's own sign-in."""
        refused: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if refused or came_by_provider(request, user) or may_sign_in_without_provider(user):
            return refused
        messages.error(request, BY_PROVIDER_ONLY)
        return redirect("account_login")

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; who needs a second factor and has none does nothing else before."""
        super().login(request, user)
        if not came_by_provider(request, user) and lacks_second_factor(user):
            request.session[SET_UP_FIRST] = True

    def set_password(self, user: User, password: str) -> None:
        """Whoever was signed in by the old password elsewhere is not any more."""
        user.password_is_temporary = False
        super().set_password(user, password)
        request = context.request
        keep = (request.session.session_key or "") if request.user.is_authenticated else ""
        by = actor_for(user, origin=f"screen {request.META.get('REMOTE_ADDR', '')}")
        end_for_new_password(user, keep=keep, by=by)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """In the background, so that the answer comes as soon for an address that nobody has; only
        to who has a password and may use one."""
        if user.has_usable_password() and may_sign_in_without_provider(user):
            defer(RESET_JOB, user=user.pk)
