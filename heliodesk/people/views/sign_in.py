"""The sign-in page with the company's own sign-ins, and a forgotten password (K1)."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, PasswordResetDoneView, PasswordResetView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from heliodesk.people.models import DeskSettings, IdentityProvider, PasswordSignIn, ProviderKind


class SignInView(LoginView):
    """allauth's, with a button for each provider."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page offers besides the password."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        after = self.request.GET.get("next") or self.request.POST.get("next") or ""
        context["providers"] = buttons(after)
        context["sends_mail"] = settings.SENDS_MAIL
        context["providers_first"] = bool(context["providers"]) and (
            DeskSettings.current().password_sign_in == PasswordSignIn.ADMINISTRATORS
        )
        return context


def buttons(after: str) -> list[dict[str, str]]:
    """Name and address of each provider's sign-in; `after` is where one goes then."""
    found = IdentityProvider.objects.filter(is_active=True).only("slug", "name", "kind")
    question = f"?{urlencode({'next': after})}" if after else ""
    return [{"name": one.name, "url": login_url(one) + question} for one in found]


def login_url(provider: IdentityProvider) -> str:
    """Where a sign-in by this provider begins."""
    if provider.kind == ProviderKind.OIDC:
        return reverse("openid_connect_login", args=[provider.slug])
    return reverse("saml_login", args=[provider.slug])


class ByMail:
    """A page that is there only where the desk sends mail."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go on, or there is no such page."""
        if not settings.SENDS_MAIL:
            raise Http404
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view that it is mixed into
        return answer


class ResetView(ByMail, PasswordResetView):
    """allauth's: says the same whether somebody has the address or not."""


class ResetDoneView(ByMail, PasswordResetDoneView):
    """allauth's."""


@require_safe
def no_password(request: HttpRequest) -> HttpResponse:
    """Where allauth sends who has no password to change: none is chosen beside the company's own
    sign-in, which an administrator could not switch off with it."""
    messages.info(request, "You have no password here: you sign in by your company.")
    return redirect("me")


@require_safe
def to_factors(request: HttpRequest) -> HttpResponse:
    """Keys are listed with the other factors."""
    return redirect("mfa_index")


login = SignInView.as_view()
password_reset = login_not_required(ResetView.as_view())
password_reset_done = login_not_required(ResetDoneView.as_view())
