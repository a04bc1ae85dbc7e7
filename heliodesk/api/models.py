"""Tokens of other programs, how much each has been used, and what was answered to a key."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from heliodesk.people.models import User


class Scope(models.TextChoices):
    """What a token may at most; beside that, it may what its person may (K1)."""

    READ = "read", "Read"
    WRITE = "write", "Read and work cases"
    ADMIN = "admin", "Read, work cases and keep the directory"


class ApiToken(models.Model):
    """A bearer token: only its SHA-256 is kept, and its first characters to know it by."""

    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=5, choices=Scope, default=Scope.READ)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="api_token_scope_is_known", condition=Q(scope__in=Scope.values)
            ),
            models.CheckConstraint(name="api_token_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="api_token_withdrawn_has_who",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="api_token_expires_after_it_began",
                condition=Q(expires_at=None) | Q(expires_at__gt=F("created_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class ApiUse(models.Model):
    """Requests of a token in one minute; unlogged, so that counting costs next to nothing."""

    token = models.OneToOneField(ApiToken, models.CASCADE, primary_key=True, related_name="+")
    minute = models.BigIntegerField()
    requests = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.requests} by {self.token_id}"


class ApiAnswer(models.Model):
    """What was answered to a request with an `Idempotency-Key` (K3); kept for a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.SmallIntegerField(null=True)
    body = models.TextField(blank=True)
    headers: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        default=dict, db_default={}
    )
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("user", "key", name="api_answer_once")]

    def __str__(self) -> str:
        return self.key
