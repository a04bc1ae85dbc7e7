"""Interactions: what was said with a customer on the phone, in chat, by mail, on the web (B1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from heliodesk.cases.models.cases import Case
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.people.models import User


class Channel(models.TextChoices):
    """How the customer and Support spoke."""

    PHONE = "phone", "Phone"
    CHAT = "chat", "Chat"
    EMAIL = "email", "Email"
    WEB = "web", "Web"


class Interaction(models.Model):
    """Who, by which channel, what about, resolved or not; on an account, contact, contract or
    case (B1). The account is always known, so that it stands on the customer's record (B2)."""

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="interactions", db_index=False
    )
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="interactions")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="interactions")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="interactions")
    channel = models.CharField(max_length=10, choices=Channel)
    spoke_with = models.CharField(max_length=160, blank=True)
    about = models.TextField()
    resolved = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="interaction_channel_is_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(name="interaction_says_what_about", condition=~Q(about="")),
        ]
        # A customer's record shows the newest of what may be thousands (D2).
        indexes = [models.Index(fields=["account", "-at", "-id"], name="interaction_by_account")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.at:%Y-%m-%d %H:%M}"
