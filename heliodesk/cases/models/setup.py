"""Set-up data of cases which an administrator edits; what is in use is retired, never deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from heliodesk.people.models import Choice, Department, ReferralReason


class RequestType(Choice):
    """Customer Request Type: the primary reason of a case (H4)."""

    noun: ClassVar[str] = "request type"
    procedure: ClassVar[str] = "H4"

    name = models.CharField(max_length=120, unique=True)
    for_homeowner = models.BooleanField(default=True, help_text="Offered on homeowner cases.")
    for_installer = models.BooleanField(default=True, help_text="Offered on installer cases.")

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="request_type_once")]

    def __str__(self) -> str:
        return self.name

    def is_needed(self) -> bool:
        """Whether no other type is offered on the cases that it is for."""
        others = self.siblings().filter(is_active=True).exclude(pk=self.pk)
        alone_of = [
            name
            for name in ("for_homeowner", "for_installer")
            if getattr(self, name) and not others.filter(**{name: True}).exists()
        ]
        return bool(alone_of)


class RequestSubtype(Choice):
    """Customer Request Subtype: the secondary reason, of one type (H4); may carry the SOP (A1)."""

    noun: ClassVar[str] = "request subtype"
    procedure: ClassVar[str] = "H4"
    of: ClassVar[str] = "request_type"

    request_type = models.ForeignKey(RequestType, models.PROTECT, related_name="subtypes")
    sop_text = models.TextField(blank=True, verbose_name="SOP text")
    suggested_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+"
    )
    suggested_reason = models.ForeignKey(
        ReferralReason, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint("request_type", Lower("name"), name="request_subtype_once"),
            # What a case's (subtype, type) refers to.
            models.UniqueConstraint("id", "request_type", name="request_subtype_of_type"),
        ]

    def __str__(self) -> str:
        return self.name


class CaseSource(Choice):
    """Case Source: how the customer reached Support (H4); `channel` ties it to H5."""

    noun: ClassVar[str] = "case source"
    procedure: ClassVar[str] = "H4"

    name = models.CharField(max_length=80, unique=True)
    channel = models.CharField(
        max_length=10,
        blank=True,
        choices=[("phone", "Phone"), ("chat", "Chat"), ("email", "Email"), ("web", "Web")],
        help_text="Chosen by itself for a case that follows an interaction on this channel.",
    )

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="case_source_once"),
            models.UniqueConstraint(
                "channel", name="case_source_of_channel_once", condition=~models.Q(channel="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_needed(self) -> bool:
        """Whether no other source is offered."""
        return not self.siblings().filter(is_active=True).exclude(pk=self.pk).exists()


class ClosedReason(Choice):
    """Closed Reason (X1). One that only the system sets is never offered (X7)."""

    noun: ClassVar[str] = "Closed Reason"
    procedure: ClassVar[str] = "X1"

    name = models.CharField(max_length=120, unique=True)
    is_case_voided = models.BooleanField(
        default=False, help_text="The reason that A6 closes with; at most one."
    )
    set_by_system = models.BooleanField(default=False, help_text="Never offered to people (X7).")

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="closed_reason_once"),
            models.UniqueConstraint(
                "is_case_voided",
                name="closed_reason_case_voided_once",
                condition=models.Q(is_case_voided=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_fixed(self) -> bool:
        """Case Voided, which A6 closes with, and those that only the system sets (X7)."""
        return self.is_case_voided or self.set_by_system

    def is_needed(self) -> bool:
        """Whether no other reason is offered to people."""
        offered = self.siblings().filter(is_active=True, set_by_system=False)
        return not offered.exclude(pk=self.pk).exists()
