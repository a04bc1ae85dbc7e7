"""Set-up data of cases which an administrator edits; what is in use is retired, never deleted."""

from __future__ import annotations

from django.db import models

from heliodesk.people.models import Department, ReferralReason


class RequestType(models.Model):
    """Customer Request Type: the primary reason of a case (H4)."""

    name = models.CharField(max_length=120, unique=True)
    for_homeowner = models.BooleanField(default=True, help_text="Offered on homeowner cases.")
    for_installer = models.BooleanField(default=True, help_text="Offered on installer cases.")
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class RequestSubtype(models.Model):
    """Customer Request Subtype: the secondary reason, of one type (H4); may carry the SOP (A1)."""

    request_type = models.ForeignKey(RequestType, models.PROTECT, related_name="subtypes")
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
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
            models.UniqueConstraint("request_type", "name", name="request_subtype_once"),
            # What a case's (subtype, type) refers to.
            models.UniqueConstraint("id", "request_type", name="request_subtype_of_type"),
        ]

    def __str__(self) -> str:
        return self.name


class CaseSource(models.Model):
    """Case Source: how the customer reached Support (H4); `channel` ties it to H5."""

    name = models.CharField(max_length=80, unique=True)
    channel = models.CharField(
        max_length=10,
        blank=True,
        choices=[("phone", "Phone"), ("chat", "Chat"), ("email", "Email"), ("web", "Web")],
        help_text="Chosen by itself for a case that follows an interaction on this channel.",
    )
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                "channel", name="case_source_of_channel_once", condition=~models.Q(channel="")
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClosedReason(models.Model):
    """Closed Reason (X1). One that only the system sets is never offered (X7)."""

    name = models.CharField(max_length=120, unique=True)
    is_active = models.BooleanField(default=True)
    is_case_voided = models.BooleanField(
        default=False, help_text="The reason that A6 closes with; at most one."
    )
    set_by_system = models.BooleanField(default=False, help_text="Never offered to people (X7).")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                "is_case_voided",
                name="closed_reason_case_voided_once",
                condition=models.Q(is_case_voided=True),
            )
        ]

    def __str__(self) -> str:
        return self.name
