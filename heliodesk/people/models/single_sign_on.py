"""Identity providers that people sign in by, and what their groups mean here (K1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from heliodesk.people.models.departments import Department
from heliodesk.people.models.queues import Queue
from heliodesk.people.models.users import Role


class ProviderKind(models.TextChoices):
    """The protocol that a provider speaks."""

    OIDC = "oidc", "OpenID Connect"
    SAML = "saml", "SAML 2.0"


class IdentityProvider(models.Model):
    """A company's own sign-in, such as Entra ID, Okta or Keycloak.

    `slug` stands in the addresses that the provider is told, and never changes. The secret is
    sealed (`core.sealed`).
    """

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=ProviderKind)
    is_active = models.BooleanField(default=True)
    issuer = models.URLField(max_length=300, blank=True)
    client_id = models.CharField(max_length=190, blank=True)
    sealed_secret = models.TextField(blank=True)
    metadata_url = models.URLField(max_length=300, blank=True)
    metadata_xml = models.TextField(blank=True)
    entity_id = models.CharField(max_length=300, blank=True)
    groups_claim = models.CharField(max_length=200, blank=True)
    verified_domains = models.CharField(max_length=500, blank=True)
    lets_in = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="identity_provider_kind_is_known", condition=Q(kind__in=ProviderKind.values)
            ),
            models.CheckConstraint(
                name="identity_provider_is_complete",
                condition=(Q(kind="oidc") & ~Q(issuer="") & ~Q(client_id=""))
                | (Q(kind="saml") & (~Q(metadata_url="") | ~Q(metadata_xml=""))),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMapping(models.Model):
    """Who is in this group there has this role, works this queue or is in this department here."""

    provider = models.ForeignKey(IdentityProvider, models.CASCADE, related_name="mappings")
    group = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    queue = models.ForeignKey(Queue, models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["group", "id"]
        constraints = [
            models.CheckConstraint(
                name="group_mapping_to_one_thing",
                condition=(~Q(role="") & Q(queue=None, department=None))
                | Q(role="", queue__isnull=False, department=None)
                | Q(role="", queue=None, department__isnull=False),
            ),
            models.UniqueConstraint(
                "provider",
                "group",
                "role",
                "queue",
                "department",
                name="group_mapping_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} → {self.role or self.queue or self.department}"
