"""OpenID Connect, as strict as its specification: every token's signature, issuer, audience, times
and nonce are checked, and what userinfo says must be of the same person (K1)."""

from __future__ import annotations

from typing import Any

import jwt
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string

from heliodesk.core.outgoing import NotReached
from heliodesk.people.models import IdentityProvider
from heliodesk.people.single_sign_on.claims import groups_in
from heliodesk.people.single_sign_on.refusing import said_clearly
from heliodesk.people.single_sign_on.sending import Session

#: Signed by the provider's own key: what a client secret signs, anybody who has it can make.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
LEEWAY = 60  # seconds that two clocks may differ
NONCE_LENGTH = 32
BASIC = "client_secret_basic"


class DeskOIDCAdapter(OpenIDConnectOAuth2Adapter):
    """allauth's, with tokens checked by the desk's own stricter measure."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it must be the one that was set up."""
        config: dict[str, Any] = super().openid_config
        asked = self.get_provider().app.settings["server_url"]
        if str(config.get("issuer", "")).rstrip("/") != asked:
            raise NotReached(f"{asked} says it is {config.get('issuer')!r}")
        return config

    @property
    def basic_auth(self) -> bool:
        """Client ID and secret go as the specification has it by default, unless the provider
        takes them only in the body, or there is no secret."""
        taken = self.openid_config.get("token_endpoint_auth_methods_supported") or [BASIC]
        return BASIC in taken and bool(self.get_provider().app.secret)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """The address that the provider was told, however the request came."""
        path = reverse("openid_connect_callback", args=[self.provider_id])
        return settings.ADDRESS + path

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Who the verified token is about. Userinfo adds to it, where it is of the same person."""
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("no id_token in the answer")
        data = {"id_token": self._decode_id_token(app, id_token)}
        if self.openid_config.get("userinfo_endpoint"):
            told = self._fetch_user_info(token.token)
            if told.get("sub") != data["id_token"]["sub"]:
                raise OAuth2Error("userinfo is about somebody else")
            data["userinfo"] = told
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        config = self.openid_config
        try:
            keys = jwt.PyJWKSet.from_dict(self._fetched(config["jwks_uri"]))
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=_key(id_token, keys),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=config["issuer"],
                leeway=LEEWAY,
                options={"require": REQUIRED},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"the id_token is refused: {error}") from error
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("the id_token was made for another program")
        if not self.nonce or not constant_time_compare(claims.get("nonce", ""), self.nonce):
            raise OAuth2Error("the id_token answers another sign-in")
        return claims

    def _fetched(self, url: str) -> dict[str, Any]:
        with Session() as session:
            answer = session.get(url)
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
        return found


class DeskOpenIDConnectProvider(OpenIDConnectProvider):
    """allauth's; whoever asks for the sign-in adds nothing to what the provider is asked."""

    oauth2_adapter_class = DeskOIDCAdapter
    package = "allauth.socialaccount.providers.openid_connect"
    pkce_enabled_default = True
    supports_token_authentication = False

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """A nonce that the token must carry, kept with the state; nothing from the address."""
        nonce = get_random_string(NONCE_LENGTH)
        return {
            "process": AuthProcess.LOGIN,
            "next_url": get_next_redirect_url(request),
            "scope": self.get_scope(),
            "auth_params": {"nonce": nonce},
            "nonce": nonce,
        }

    def extract_uid(self, data: dict[str, Any]) -> str:
        """`sub`, which alone never passes from one person to another."""
        return str(data["id_token"]["sub"])

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The address; it is confirmed where the provider says so, in a word for true."""
        found: list[EmailAddress] = super().extract_email_addresses(data)
        told = data.get("userinfo") or data["id_token"]
        for address in found:
            address.verified = str(told.get("email_verified")).lower() == "true"
        return found

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What the desk keeps of it: the name, and the groups for this sign-in."""
        told = data["id_token"] | data.get("userinfo", {})
        provider = IdentityProvider.objects.get(pk=self.app.settings["desk_provider"])
        return {
            "name": told.get("name") or "",
            "username": told.get("preferred_username") or "",
            "groups": groups_in(told, provider.groups_claim),
        }


class Callback(OAuth2CallbackView):
    """allauth's; what was asked with is handed on, for the token to be compared with it."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, answer = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, answer


def _key(id_token: str, keys: jwt.PyJWKSet) -> jwt.PyJWK:
    """The key that the token says it was signed with; of a provider with one key, that one."""
    wanted = jwt.get_unverified_header(id_token).get("kid")
    fit = [key for key in keys.keys if wanted is None or key.key_id == wanted]
    if len(fit) != 1:
        raise OAuth2Error("the id_token names no key of the provider's")
    return fit[0]


@login_not_required
@said_clearly
def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """On to the provider."""
    view = OAuth2LoginView.adapter_view(DeskOIDCAdapter(request, provider_id))
    answer: HttpResponse = view(request)
    return answer


@login_not_required
@said_clearly
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from the provider."""
    view = Callback.adapter_view(DeskOIDCAdapter(request, provider_id))
    answer: HttpResponse = view(request)
    return answer
