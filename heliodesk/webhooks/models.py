"""Webhooks, what each has to be told, and how often that was tried."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from heliodesk.cases.models import Case
from heliodesk.core import clock
from heliodesk.people.models import User


class Webhook(models.Model):
    """Another program's address, and which events it is told.

    The secret is kept sealed: the desk signs with it. After a change the one before it signs too,
    until `old_secret_until`. `failing_since` is the first of the tries in a row that did not get
    through; meanwhile nothing is sent before `rests_until`. `sends_until` is the claim of whoever
    is sending just now, which ends by itself when they are killed.
    """

    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    private = models.BooleanField(default=False)
    kinds = ArrayField(models.CharField(max_length=30))
    secret = models.TextField()
    old_secret = models.TextField(blank=True)
    old_secret_until = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    off_because = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    sends_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(name="webhook_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="webhook_is_told_something", condition=~Q(kinds=[])),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page in the set-up."""
        return reverse("webhook", args=[self.pk])

    @property
    def rests(self) -> bool:
        """Whether it is left alone for a while, because the last try did not get through."""
        return self.rests_until is not None and self.rests_until > clock.now()

    @property
    def signs_twice_until(self) -> datetime | None:
        """Until when the secret before the present one holds too; None where it does not."""
        until = self.old_secret_until
        return until if self.old_secret and until and until > clock.now() else None


class DeliveryState(models.TextChoices):
    """What became of a delivery."""

    WAITING = "waiting", "Waiting"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Failed"


class Delivery(models.Model):
    """One event that one webhook is to be told; `event` is the same for all that are told of it.

    Rows are written by a trigger on the record of changes, in the very transaction of the change.
    `entry` is the ID of the record's entry; a test has neither entry nor case. `body` is what is
    sent, made at the first try and the same at each further one.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    event = models.UUIDField(default=uuid4)
    kind = models.CharField(max_length=60)
    entry = models.BigIntegerField(null=True)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(
        max_length=9, choices=DeliveryState, default=DeliveryState.WAITING, db_default="waiting"
    )
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    next_try_at = models.DateTimeField(null=True)
    body = models.TextField(blank=True, db_default="")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint("webhook", "event", name="delivery_once_a_webhook"),
            models.CheckConstraint(
                name="delivery_waits_until_a_time",
                condition=Q(state="waiting", next_try_at__isnull=False)
                | (~Q(state="waiting") & Q(next_try_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
            models.Index(
                fields=["webhook", "next_try_at"],
                name="delivery_due",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["at"], name="delivery_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event}"

    @property
    def message_id(self) -> str:
        """What the receiver tells repetitions by."""
        return f"evt_{self.event.hex}"

    @property
    def last_try(self) -> Try | None:
        """The latest; `tries_made` has to be there, the newest first."""
        return next(iter(self.tries_made.all()), None)


class Try(models.Model):
    """One request for a delivery, and what came of it."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="tries_made")
    at = models.DateTimeField()
    url = models.CharField(max_length=500)
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "tries"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.status or self.error} at {self.at}"
