"""Closing makes a row; so does reopening, on the same row (X1, X4)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from heliodesk.cases.models.cases import Case
from heliodesk.cases.models.setup import ClosedReason
from heliodesk.people.models import User


class Closure(models.Model):
    """One closing of a case, and its reopening if there was one.

    PostgreSQL holds: one closure open at a time, one reopening a case, and a case is Closed
    exactly while one of its closures is open.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="closures")
    reason = models.ForeignKey(ClosedReason, models.PROTECT, related_name="+", db_index=False)
    note = models.TextField(blank=True)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", name="closure_one_open_a_case", condition=Q(reopened_at=None)
            ),
            models.UniqueConstraint(
                "case", name="closure_one_reopening_a_case", condition=~Q(reopened_at=None)
            ),
            models.CheckConstraint(
                name="closure_reopened_after_closed",
                condition=Q(reopened_at=None) | Q(reopened_at__gte=F("closed_at")),
            ),
            models.CheckConstraint(
                name="closure_reopening_is_whole",
                condition=Q(reopened_at=None, reopened_by=None)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False),
            ),
        ]
        indexes = [
            # What somebody closed lately and may still be reopened (V1).
            models.Index(fields=["closed_by", "-closed_at"], name="closure_by_closer"),
            # What was closed and reopened when, counted (V5).
            models.Index(
                fields=["closed_at"],
                include=["reason", "closed_by", "case"],
                name="closure_by_closed",
                condition=Q(reopened_at=None),
            ),
            models.Index(
                fields=["reopened_at"],
                include=["case"],
                name="closure_by_reopened",
                condition=~Q(reopened_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} closed {self.closed_at:%Y-%m-%d %H:%M}"
