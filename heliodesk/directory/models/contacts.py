"""Contacts: the persons of an account."""

from __future__ import annotations

from django.db import models

from heliodesk.directory.models.accounts import Account


class ContactRole(models.TextChoices):
    """What a person is to the account."""

    PRIMARY_SIGNER = "primary_signer", "Primary signer"
    CO_SIGNER = "co_signer", "Co-signer"
    SALES_REP = "sales_rep", "Sales rep"
    OPERATIONS = "operations", "Operations"
    ACCOUNTING = "accounting", "Accounting"
    OWNER = "owner", "Owner"
    OTHER = "other", "Other"


class Contact(models.Model):
    """A person of one account."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=160)
    role = models.CharField(max_length=20, choices=ContactRole, default=ContactRole.OTHER)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    external_id = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_role_is_known", condition=models.Q(role__in=ContactRole.values)
            ),
            models.CheckConstraint(name="contact_has_name", condition=~models.Q(name="")),
            # What a case's (contact, account) refers to.
            models.UniqueConstraint("id", "account", name="contact_of_account"),
            models.UniqueConstraint(
                "external_id", name="contact_external_id_once", condition=~models.Q(external_id="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
