"""Activities of a case; a review makes one (L4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from heliodesk.cases.models.cases import Case
from heliodesk.people.models import User

REVIEW_LIMIT = 1000  # code points


class Activity(models.Model):
    """A piece of work done on a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="activities")
    subject = models.CharField(max_length=120)
    name = models.CharField(max_length=120, blank=True)
    due_date = models.DateField(null=True)
    status = models.CharField(max_length=20, default="Completed")
    comments = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "activities"
        # Reviews of a range, counted by who logged them (V5).
        indexes = [
            models.Index(
                fields=["at"],
                include=["by", "case"],
                name="activity_review_by_time",
                condition=Q(subject="Case Review"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="activity_review_within_limit",
                condition=~Q(subject="Case Review")
                | ~Q(comments="") & Q(LessThanOrEqual(Length("comments"), REVIEW_LIMIT)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} on {self.case_id}"
