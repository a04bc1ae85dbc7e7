"""SAML 2.0: signed assertions that answer a question of this very browser, once (K1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.saml import views
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from heliodesk.people.models import IdentityProvider, ProviderKind
from heliodesk.people.single_sign_on import metadata
from heliodesk.people.single_sign_on.claims import groups_in
from heliodesk.people.single_sign_on.refusing import said_clearly

LONGEST_ANSWER = 300_000  # characters

View = Callable[..., HttpResponseBase]


class DeskSAMLProvider(SAMLProvider):
    """allauth's; the groups are read besides, and who asks adds nothing."""

    package = "allauth.socialaccount.providers.saml"

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Always to sign in; only where to go then comes from the address."""
        return {"process": AuthProcess.LOGIN, "next_url": get_next_redirect_url(request)}

    def extract_uid(self, data: Any) -> str:
        """An identifier that stays; a transient one is another each time, and refused."""
        if str(data.get_nameid_format()).endswith(":transient") and "uid" not in self._extract(
            data
        ):
            raise ValueError("a transient NameID says nothing about who it is")
        return str(super().extract_uid(data))

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """What the desk keeps of it: the name, and the groups for this sign-in."""
        found = self._extract(data)
        names = (found.get("first_name"), found.get("last_name"))
        provider = IdentityProvider.objects.get(pk=self.app.settings["desk_provider"])
        told = data.get_friendlyname_attributes() | data.get_attributes()
        return {
            "name": found.get("name") or " ".join(name for name in names if name),
            "username": found.get("username") or "",
            "groups": groups_in(told, provider.groups_claim),
        }


def of_provider(view: View) -> View:
    """The view with the provider's metadata at hand, and the address that the provider was told,
    however the request came."""

    @login_not_required
    @said_clearly
    @wraps(view)
    def run(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
        found = IdentityProvider.objects.filter(
            slug=organization_slug, kind=ProviderKind.SAML, is_active=True
        ).first()
        if found is None:
            raise Http404
        metadata.remember(found)
        address = urlsplit(settings.ADDRESS)
        request.META["HTTP_HOST"] = address.netloc
        request.META["wsgi.url_scheme"] = address.scheme
        return view(request, organization_slug=organization_slug)

    return run


def kept_short(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """allauth's, which keeps the answer for the next page before anybody has looked at it: what is
    none, or too long to be one, is not kept."""
    if not 0 < len(request.POST.get("SAMLResponse", "")) <= LONGEST_ANSWER:
        raise ValueError("no answer, or one that is too long")
    answer: HttpResponseBase = views.acs(request, organization_slug=organization_slug)
    return answer


login = of_provider(views.login)
acs = csrf_exempt(of_provider(kept_short))
finish_acs = of_provider(views.finish_acs)
sp_metadata = of_provider(views.metadata)


@login_not_required
def sls(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Signing out there is not signing out here: the desk asks."""
    return redirect("account_logout")
