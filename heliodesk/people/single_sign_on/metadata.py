"""What a SAML provider says of itself: fetched by the desk's one way out, kept with the provider,
and put where allauth looks for it (K1)."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

from heliodesk.core import outgoing
from heliodesk.core.outgoing import NotReached
from heliodesk.people.models import IdentityProvider
from heliodesk.people.single_sign_on.apps import metadata_key

log = logging.getLogger(__name__)

FRESH = 4 * 60 * 60  # seconds
LONGEST = 3_000_000  # bytes


class NoMetadata(Exception):
    """This is not what a SAML provider says of itself; the text says what is missing."""


def fetch(url: str) -> str:
    """The metadata under that address; fails with `NotReached`."""
    answer = outgoing.send("GET", url, limit=LONGEST, private=True)
    if answer.status != HTTPStatus.OK:
        raise NotReached(f"the answer was {answer.status}", status=answer.status)
    return answer.body.decode("utf-8", "replace")


def parse(xml: str, entity_id: str = "") -> dict[str, Any]:
    """What python3-saml reads of it: entity ID, sign-in address, certificates. Fails with
    `NoMetadata`."""
    try:
        found: dict[str, Any] = OneLogin_Saml2_IdPMetadataParser.parse(
            xml.encode(), entity_id=entity_id or None
        )
    except Exception as error:  # whatever lxml makes of what was pasted
        raise NoMetadata("this is not XML that says what a SAML provider is") from error
    idp = found.get("idp") or {}
    missing = [
        words
        for words, there in (
            ("its entity ID", idp.get("entityId")),
            ("an address to sign in at by redirect", idp.get("singleSignOnService")),
            ("a certificate to check signatures with", certificates(idp)),
        )
        if not there
    ]
    if missing:
        raise NoMetadata("the metadata do not say " + ", ".join(missing))
    return found


def certificates(idp: dict[str, Any]) -> list[str]:
    """The certificates that may have signed an assertion."""
    many = (idp.get("x509certMulti") or {}).get("signing") or []
    return many or ([idp["x509cert"]] if idp.get("x509cert") else [])


def remember(provider: IdentityProvider) -> None:
    """Put a provider's metadata where allauth finds them, fetched anew after `FRESH` seconds; while
    the address does not answer, those that were fetched last hold."""
    key = f"saml.metadata.{metadata_key(provider)}.{provider.entity_id}"
    if cache.get(key) is not None:
        return
    xml = provider.metadata_xml
    if provider.metadata_url:
        try:
            xml = fetch(provider.metadata_url)
            parse(xml, provider.entity_id)
            IdentityProvider.objects.filter(pk=provider.pk).update(metadata_xml=xml)
        except (NotReached, NoMetadata) as error:
            log.warning("The metadata of %s could not be read: %s", provider.name, error)
            xml = provider.metadata_xml
    cache.set(key, parse(xml, provider.entity_id), FRESH)


def forget(provider: IdentityProvider) -> None:
    """Read them anew next time."""
    cache.delete(f"saml.metadata.{metadata_key(provider)}.{provider.entity_id}")
