"""Accounts: installers (Orgs) and homeowners."""

from __future__ import annotations

from django.db import models

from heliodesk.directory.models.addresses import PropertyAddress
from heliodesk.people.models import User


class AccountKind(models.TextChoices):
    """An Org that sells and installs, or a homeowner (the primary signer)."""

    INSTALLER = "installer", "Installer"
    HOMEOWNER = "homeowner", "Homeowner"


class Account(PropertyAddress):
    """An installer account (Org) or a homeowner account, whose parent account is its Org.

    PostgreSQL holds that a parent is an installer, and that an installer has none.
    """

    kind = models.CharField(max_length=20, choices=AccountKind)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="homeowners"
    )
    account_manager = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    sales_manager = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    external_id = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_kind_is_known", condition=models.Q(kind__in=AccountKind.values)
            ),
            models.CheckConstraint(name="account_has_name", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="account_installer_has_no_parent",
                condition=models.Q(kind=AccountKind.HOMEOWNER) | models.Q(parent=None),
            ),
            models.UniqueConstraint(
                "external_id", name="account_external_id_once", condition=~models.Q(external_id="")
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "name", "id"], name="account_by_kind_and_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_installer(self) -> bool:
        """True for an Org."""
        return self.kind == AccountKind.INSTALLER
