"""The company's own sign-ins, and who came by them (K1)."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from heliodesk.core.refusal import NotFound
from heliodesk.people.models import GroupMapping, IdentityProvider

MOST = 200  # linked people shown


def provider_of(slug: str) -> IdentityProvider:
    """The sign-in that its addresses call so; refuses where there is none."""
    found = IdentityProvider.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound("provider_not_found", "There is no such single sign-on.", rule="K1")
    return found


def mappings_of(provider: IdentityProvider) -> QuerySet[GroupMapping]:
    """What its groups mean here."""
    return provider.mappings.select_related("provider", "queue", "department")


def linked_with(provider: IdentityProvider) -> QuerySet[SocialAccount]:
    """Who came by it, by name."""
    found: QuerySet[SocialAccount] = SocialAccount.objects.filter(provider=provider.slug)
    return found.select_related("user").order_by("user__name")[:MOST]


def is_linked(provider: IdentityProvider, account_id: int) -> bool:
    """Whether somebody came by it under this link."""
    return bool(SocialAccount.objects.filter(provider=provider.slug, pk=account_id).exists())
