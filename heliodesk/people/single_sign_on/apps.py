"""The providers as allauth wants them."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialApp

from heliodesk.core.sealed import Unsealable, unseal
from heliodesk.people.models import IdentityProvider, ProviderKind

ALLAUTHS = {ProviderKind.OIDC: "openid_connect", ProviderKind.SAML: "saml"}
UID = "urn:oasis:names:tc:SAML:attribute:subject-id"
CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
#: Attribute names of SAML that providers use for the same thing, in the order of trust.
ATTRIBUTES = {
    "uid": [UID, "http://schemas.microsoft.com/identity/claims/objectidentifier"],
    "email": [
        f"{CLAIMS}/emailaddress",
        "urn:oid:0.9.2342.19200300.100.1.3",
        "email",
        "mail",
        "Email",
    ],
    "email_verified": ["http://schemas.auth0.com/email_verified", "email_verified"],
    "first_name": [f"{CLAIMS}/givenname", "urn:oid:2.5.4.42", "firstName", "first_name"],
    "last_name": [f"{CLAIMS}/surname", "urn:oid:2.5.4.4", "lastName", "last_name"],
    "name": [
        "http://schemas.microsoft.com/identity/claims/displayname",
        "urn:oid:2.16.840.1.113730.3.1.241",
        "displayName",
        "name",
    ],
    "username": ["urn:oid:0.9.2342.19200300.100.1.1", "username", "uid"],
}


def app_of(provider: IdentityProvider) -> SocialApp:
    """What allauth reads of a provider; it is never saved."""
    return SocialApp(
        provider=ALLAUTHS[ProviderKind(provider.kind)],
        provider_id=provider.slug,
        name=provider.name,
        client_id=provider.client_id if provider.kind == ProviderKind.OIDC else provider.slug,
        secret=_secret(provider),
        settings=_oidc(provider) if provider.kind == ProviderKind.OIDC else _saml(provider),
    )


def metadata_key(provider: IdentityProvider) -> str:
    """What allauth is told as the address of a provider's metadata: it finds them in the cache,
    where `metadata.remember` puts them."""
    return provider.metadata_url or f"urn:heliodesk:metadata:{provider.slug}"


def _oidc(provider: IdentityProvider) -> dict[str, Any]:
    return {
        "server_url": provider.issuer.rstrip("/"),
        "scope": ["openid", "profile", "email"],
        "verified_email": _domains(provider),
        "desk_provider": provider.pk,
    }


def _saml(provider: IdentityProvider) -> dict[str, Any]:
    return {
        "idp": {"metadata_url": metadata_key(provider), "entity_id": provider.entity_id},
        "attribute_mapping": ATTRIBUTES,
        "verified_email": _domains(provider),
        "advanced": {
            "strict": True,
            "want_assertion_signed": True,
            "reject_deprecated_algorithm": True,
            "reject_idp_initiated_sso": True,
            "want_attribute_statement": False,
            "allow_single_label_domains": True,
        },
        "desk_provider": provider.pk,
    }


def _domains(provider: IdentityProvider) -> list[str]:
    return provider.verified_domains.lower().split()


def _secret(provider: IdentityProvider) -> str:
    """The secret; none where the desk's key is another than when it was entered."""
    try:
        return unseal(provider.sealed_secret) if provider.sealed_secret else ""
    except Unsealable:
        return ""
