"""Whether a provider is there and is what it should be: what *Test connection* tells (K1)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import jwt

from heliodesk.core import outgoing
from heliodesk.core.outgoing import NotReached
from heliodesk.core.sealed import Unsealable, unseal
from heliodesk.people.models import IdentityProvider, ProviderKind
from heliodesk.people.rules.identity_providers import WELL_KNOWN
from heliodesk.people.single_sign_on import metadata
from heliodesk.people.single_sign_on.oidc import ALGORITHMS

NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    is_fine: bool
    words: str


def try_out(provider: IdentityProvider) -> list[Finding]:
    """What was found, up to the first thing without which the rest means nothing. It asks the
    provider as a sign-in does, and takes no more than some seconds."""
    found: list[Finding] = []
    try:
        if provider.kind == ProviderKind.OIDC:
            _try_oidc(provider, found)
        else:
            _try_saml(provider, found)
    except (NotReached, metadata.NoMetadata) as error:
        found.append(Finding(False, f"{error}."))
    return found


def _try_oidc(provider: IdentityProvider, found: list[Finding]) -> None:
    config = _json(provider.issuer + WELL_KNOWN)
    found.append(Finding(True, f"{provider.issuer} answers."))
    issuer = str(config.get("issuer", ""))
    same = issuer.rstrip("/") == provider.issuer
    found.append(
        Finding(same, "It is the issuer." if same else f"It says that it is {issuer}: use that.")
    )
    missing = [name for name in NEEDED if not config.get(name)]
    if missing:
        found.append(Finding(False, f"It does not say {', '.join(missing)}."))
        return
    found.append(_of_keys(_json(config["jwks_uri"])))
    offered = config.get("id_token_signing_alg_values_supported") or ["RS256"]
    if not set(offered) & set(ALGORITHMS):
        found.append(Finding(False, f"It signs by {', '.join(offered)} alone, which is refused."))
    if not _has_readable_secret(provider):
        found.append(Finding(False, "No client secret can be read: enter it anew."))
    _of_scheme(provider.issuer, found)


def _try_saml(provider: IdentityProvider, found: list[Finding]) -> None:
    xml = metadata.fetch(provider.metadata_url) if provider.metadata_url else provider.metadata_xml
    idp = metadata.parse(xml, provider.entity_id)["idp"]
    metadata.forget(provider)
    found.append(Finding(True, "The metadata are there, and can be read."))
    same = idp["entityId"] == provider.entity_id
    found.append(
        Finding(
            same, f"They are of {idp['entityId']}" + ("." if same else ", not as before: save.")
        )
    )
    found.append(Finding(True, f"One signs in at {idp['singleSignOnService']['url']}."))
    count = len(metadata.certificates(idp))
    found.append(Finding(True, f"Certificates to check signatures with: {count}."))
    _of_scheme(idp["singleSignOnService"]["url"], found)


def _json(url: str) -> dict[str, Any]:
    answer = outgoing.send("GET", url, headers={"Accept": "application/json"}, private=True)
    if answer.status != HTTPStatus.OK:
        raise NotReached(f"{url} answers {answer.status}", status=answer.status)
    told = answer.json()
    if not isinstance(told, dict):
        raise NotReached(f"{url} answers something else")
    return told


def _of_keys(told: dict[str, Any]) -> Finding:
    try:
        count = len(jwt.PyJWKSet.from_dict(told).keys)
    except jwt.PyJWTError:
        return Finding(False, "Its keys cannot be read.")
    return Finding(True, f"Keys to check signatures with: {count}.")


def _has_readable_secret(provider: IdentityProvider) -> bool:
    try:
        return bool(provider.sealed_secret and unseal(provider.sealed_secret))
    except Unsealable:
        return False


def _of_scheme(url: str, found: list[Finding]) -> None:
    address = urlsplit(url)
    if address.scheme == "http" and address.hostname not in {"127.0.0.1", "localhost", "::1"}:
        found.append(Finding(False, "It is spoken to without TLS: anybody between can sign in."))
