"""The company's own sign-ins, as administrators set them up (K1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialAccount
from django.utils.text import slugify

from heliodesk.core import audit
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.sealed import seal
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor, require_administrator
from heliodesk.people.models import (
    DeskSettings,
    GroupMapping,
    IdentityProvider,
    PasswordSignIn,
    ProviderKind,
    Role,
    SecondFactor,
)

WELL_KNOWN = "/.well-known/openid-configuration"
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
COMMON = ("name", "is_active", "groups_claim", "verified_domains", "lets_in")
FIELDS = {
    ProviderKind.OIDC: (*COMMON, "issuer", "client_id"),
    ProviderKind.SAML: (*COMMON, "metadata_url", "metadata_xml", "entity_id"),
}
UNTOLD = {"metadata_xml"}  # too long for the record


@rule("K1", "K4")
def add_provider(kind: str, *, values: Mapping[str, Any], by: Actor) -> IdentityProvider:
    """Set up another sign-in; gives it.

    `values` are those of `FIELDS`, and `secret` for OpenID Connect. For SAML `metadata_xml` and
    `entity_id` are what has been read from the metadata. Refuses for anybody but an administrator,
    and what a sign-in cannot work without.
    """
    require_administrator(by=by, to="set up single sign-on")
    provider = IdentityProvider(kind=ProviderKind(kind))
    _fill(provider, values)
    provider.slug = _free_slug(provider.name)
    provider.save()
    told = {name: [None, value] for name, value in _told(provider).items() if value}
    audit.note("identity_provider_added", "identityprovider", provider.pk, changes=told, by=by)
    return provider


@rule("K1", "K4")
def change_provider(
    provider: IdentityProvider, *, values: Mapping[str, Any], by: Actor
) -> IdentityProvider:
    """Change a sign-in; an empty `secret` keeps the one there is. Gives it. Refuses as
    `add_provider` does, and to switch the last one off while only administrators have passwords.

    At another issuer the same identifier is another's: people are known by their address anew.
    """
    require_administrator(by=by, to="set up single sign-on")
    provider = IdentityProvider.objects.select_for_update().get(pk=provider.pk)
    before = _told(provider)
    _fill(provider, values)
    if not provider.is_active:
        _require_a_way_in(provider)
    provider.save()
    after = _told(provider)
    told = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if values.get("secret"):
        told["secret"] = ["", "changed"]
    if {"issuer", "entity_id"} & set(told):
        told["unlinked"] = ["", _unlink_all(provider)]
    audit.note("identity_provider_changed", "identityprovider", provider.pk, changes=told, by=by)
    return provider


@rule("K1", "K4")
def add_mapping(
    provider: IdentityProvider,
    *,
    group: str,
    role: str = "",
    queue_id: int | None = None,
    department_id: int | None = None,
    by: Actor,
) -> GroupMapping:
    """Let a group of the provider mean a role, a queue or a department here; gives the mapping, the
    one there is where it is there already. Refuses for anybody but an administrator."""
    require_administrator(by=by, to="set up single sign-on")
    if not trimmed(group):
        raise _refused("group", "group_missing", "Write the group as the provider calls it.")
    meant: dict[str, Any] = {"queue_id": queue_id, "department_id": department_id}
    mapping, is_new = GroupMapping.objects.get_or_create(
        provider=provider, group=trimmed(group)[:200], role=Role(role) if role else "", **meant
    )
    if is_new:
        changes = {"mapping": ["", str(mapping)]}
        _note_mapping(provider, changes, by=by)
    return mapping


@rule("K1", "K4")
def remove_mapping(mapping: GroupMapping, *, by: Actor) -> None:
    """Let a group mean that no more: what it gave stays until an administrator takes it away.
    Refuses for anybody but administrators."""
    require_administrator(by=by, to="set up single sign-on")
    _note_mapping(mapping.provider, {"mapping": [str(mapping), ""]}, by=by)
    mapping.delete()


@rule("K1", "K4")
def change_sign_in_rules(*, second_factor: str, password_sign_in: str, by: Actor) -> DeskSettings:
    """Say who needs a second factor, and who may do without single sign-on; gives the settings.
    Refuses for anybody but an administrator, and to ask for a sign-in that nobody has set up."""
    require_administrator(by=by, to="change how people sign in")
    DeskSettings.objects.get_or_create(pk=1)
    settings = DeskSettings.objects.select_for_update().get(pk=1)
    there = IdentityProvider.objects.filter(is_active=True).exists()
    if password_sign_in == PasswordSignIn.ADMINISTRATORS and not there:
        raise _refused(
            "password_sign_in", "no_provider", "Set up a single sign-on first, and try it."
        )
    after = {
        "second_factor": SecondFactor(second_factor),
        "password_sign_in": PasswordSignIn(password_sign_in),
    }
    told = {
        name: [getattr(settings, name), value]
        for name, value in after.items()
        if getattr(settings, name) != value
    }
    for name, value in after.items():
        setattr(settings, name, value)
    if told:
        settings.save(update_fields=list(told))
        audit.note("set_up_changed", "desksettings", settings.pk, changes=told, by=by)
    return settings


def _unlink_all(provider: IdentityProvider) -> int:
    count: int = SocialAccount.objects.filter(provider=provider.slug).delete()[0]
    return count


def _fill(provider: IdentityProvider, values: Mapping[str, Any]) -> None:
    for name in FIELDS[ProviderKind(provider.kind)]:
        if name in values:
            value = values[name]
            setattr(provider, name, trimmed(value) if isinstance(value, str) else value)
    if values.get("secret"):
        provider.sealed_secret = seal(values["secret"].strip())
    provider.issuer = provider.issuer.removesuffix(WELL_KNOWN).rstrip("/")
    provider.verified_domains = " ".join(
        one.lstrip("@") for one in re.split(r"[\s,;]+", provider.verified_domains.lower()) if one
    )
    _require_sound(provider)


def _require_sound(provider: IdentityProvider) -> None:
    if not provider.name:
        raise _refused("name", "name_missing", "Write what people call it, such as Okta.")
    if provider.kind == ProviderKind.OIDC:
        if urlsplit(provider.issuer).scheme not in {"http", "https"}:
            raise _refused("issuer", "issuer_unfit", "Write an address that begins with https://.")
        if not provider.client_id:
            raise _refused("client_id", "client_id_missing", "Write the client ID.")
    elif not provider.entity_id or not provider.metadata_xml:
        raise _refused("metadata_url", "metadata_missing", "Give the address of the metadata, or "
                       "paste them.")  # fmt: skip
    for domain in provider.verified_domains.split():
        if not DOMAIN.fullmatch(domain):
            raise _refused(
                "verified_domains", "domain_unfit", f"{domain} is no domain: write example.com."
            )


def _require_a_way_in(provider: IdentityProvider) -> None:
    """While only administrators have passwords, one sign-in stays on."""
    others = IdentityProvider.objects.filter(is_active=True).exclude(pk=provider.pk)
    only = DeskSettings.current().password_sign_in == PasswordSignIn.ADMINISTRATORS
    if only and not others.exists():
        raise _refused(
            "is_active",
            "last_way_in",
            "Only administrators may sign in without it. Let everybody use passwords first.",
        )


def _free_slug(name: str) -> str:
    base = slugify(name)[:30] or "sign-in"
    taken = set(IdentityProvider.objects.values_list("slug", flat=True))
    names = (base if count == 1 else f"{base}-{count}" for count in range(1, len(taken) + 3))
    return next(one for one in names if one not in taken)


def _told(provider: IdentityProvider) -> dict[str, Any]:
    return {
        name: getattr(provider, name)
        for name in FIELDS[ProviderKind(provider.kind)]
        if name not in UNTOLD
    }


def _note_mapping(provider: IdentityProvider, changes: dict[str, Any], *, by: Actor) -> None:
    audit.note("identity_provider_changed", "identityprovider", provider.pk, changes=changes, by=by)


def _refused(field: str, code: str, message: str) -> Refused:
    return Refused(code, message, rule="K1", field=field)
