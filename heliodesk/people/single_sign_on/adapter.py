"""What allauth asks the desk when somebody comes by a provider (K1)."""

from __future__ import annotations

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.http import HttpRequest

from heliodesk.core.refusal import Refused
from heliodesk.people.access import Actor
from heliodesk.people.models import IdentityProvider, User
from heliodesk.people.rules.coming_in import Identity, come_in
from heliodesk.people.single_sign_on.apps import app_of
from heliodesk.people.single_sign_on.refusing import refusal_page
from heliodesk.people.single_sign_on.sending import Session

log = logging.getLogger(__name__)

NOT_BELIEVED = Refused(
    "answer_not_believed",
    "The answer of your company’s sign-in could not be verified, has been used already, or took "
    "too long. Sign in anew from here. If it happens again, tell your administrator.",
    rule="K1",
)
CANCELLED = Refused(
    "sign_in_cancelled", "Your company’s sign-in says that you went back. Try again.", rule="K1"
)


class DeskSocialAccountAdapter(DefaultSocialAccountAdapter):
    """The providers that administrators set up; the rule `come_in` says who comes in."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The active providers."""
        apps = [app_of(one) for one in IdentityProvider.objects.filter(is_active=True)]
        return [
            app
            for app in apps
            if provider in (None, app.provider, app.provider_id)
            and client_id in (None, app.client_id)
        ]

    def get_requests_session(self) -> Session:
        """The desk's one way out."""
        return Session()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody signs up by themself; who is let in is let in by the rule."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> User:
        """Nobody is made from what a provider says before the rule has looked at it."""
        user: User = sociallogin.user
        user.username, user.name = data.get("username") or "", data.get("name") or ""
        if not user.name:
            names = (data.get("first_name"), data.get("last_name"))
            user.name = " ".join(name for name in names if name)
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The person of an answer that has been verified, or the page that says why nobody."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(refusal_page(request, NOT_BELIEVED))
        address = request.META.get("REMOTE_ADDR", "")
        by = Actor(user_id=None, name="", role="", origin=f"single sign-on {address}")
        slug = sociallogin.account.provider
        try:
            account = come_in(slug, identity_of(sociallogin), by=by)
        except Refused as refused:
            log.warning("Sign-in by %s refused: %s", slug, refused.code)
            raise ImmediateHttpResponse(refusal_page(request, refused)) from refused
        sociallogin.account, sociallogin.user = account, account.user

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say it, and write into the log why."""
        why = (extra_context or {}).get("saml_last_error_reason") or exception or error
        log.warning("Sign-in by %s failed: %s", getattr(provider, "name", provider), why)
        said = CANCELLED if error == AuthError.CANCELLED else NOT_BELIEVED
        raise ImmediateHttpResponse(refusal_page(request, said))


def identity_of(login: SocialLogin) -> Identity:
    """Who the answer says it is."""
    account: SocialAccount = login.account
    verified = [one.email for one in login.email_addresses if one.verified]
    kept = account.extra_data
    return Identity(
        uid=account.uid,
        email=verified[0].lower() if verified else "",
        name=kept.get("name") or "",
        username=kept.get("username") or "",
        groups=None if kept.get("groups") is None else frozenset(kept["groups"]),
    )
