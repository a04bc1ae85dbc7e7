"""What every part of the desk keeps: the record of changes (K4) and the forms already sent (K3)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """Who did what, when, from where (K4). PostgreSQL refuses to change or delete a row."""

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    origin = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    changes: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_by_subject"),
            models.Index(fields=["at", "id"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind} {self.subject_id}"


class FormSent(models.Model):
    """A form's token and what came of it, so that sending it twice makes one thing (K3)."""

    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    result = models.CharField(max_length=500)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.token} → {self.result}"


class JobFailure(models.Model):
    """Why a background job failed last; `job_id` is the queue's own."""

    job_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    summary = models.CharField(max_length=300)
    error = models.TextField()

    def __str__(self) -> str:
        return f"job {self.job_id}: {self.summary}"
