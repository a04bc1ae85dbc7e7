"""Queues: owners that are not a person, and their members (Q3)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heliodesk.people.models.choices import Choice
from heliodesk.people.models.users import User


class Queue(Choice):
    """An owner that is not a person. `case_type` says whose cases are offered it first (Q2)."""

    noun: ClassVar[str] = "queue"
    procedure: ClassVar[str] = "Q5"

    name = models.CharField(max_length=120, unique=True)
    description = models.TextField(blank=True, default="", db_default="")
    slug = models.SlugField(max_length=60, unique=True)
    case_type = models.CharField(
        max_length=20,
        blank=True,
        choices=[("homeowner", "Homeowner Support"), ("installer", "Installer Support")],
        help_text="Cases of this type are offered this queue first.",
    )
    members: models.ManyToManyField[User, QueueMembership] = models.ManyToManyField(
        User, through="QueueMembership", related_name="queues"
    )

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                "case_type", name="queue_first_for_type_once", condition=~models.Q(case_type="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class QueueMembership(models.Model):
    """Somebody works the cases of a queue."""

    queue = models.ForeignKey(Queue, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="queue_memberships")

    class Meta:
        constraints = [models.UniqueConstraint("user", "queue", name="queue_member_once")]

    def __str__(self) -> str:
        return f"{self.user} in {self.queue}"
