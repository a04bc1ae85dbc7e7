"""What is being typed, kept on the server (C5)."""

from __future__ import annotations

from typing import Any

from django.db import models

from heliodesk.people.models import User


class Draft(models.Model):
    """What one person has typed into one form of one record, and not sent yet.

    `key` names both, such as `case/123/review`.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts", db_index=False)
    key = models.CharField(max_length=120)
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("user", "key", name="draft_once_a_form")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"
