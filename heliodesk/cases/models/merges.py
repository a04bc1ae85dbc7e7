"""Merging makes a row, and undoing it is written on the same row (X7)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from heliodesk.cases.models.cases import Case, Priority, Status
from heliodesk.people.models import User


def _ids() -> ArrayField[list[int], list[int]]:
    return ArrayField(models.BigIntegerField(), default=list)


class Merge(models.Model):
    """`case` was closed as a duplicate and what it had went to `into`.

    The IDs say what moved, so that undoing brings back just that.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="merges")
    into = models.ForeignKey(Case, models.PROTECT, related_name="merged_in")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    # What both were before, for working them out anew.
    case_status = models.CharField(max_length=20, choices=Status)
    into_status = models.CharField(max_length=20, choices=Status)
    into_priority = models.SmallIntegerField(choices=Priority)
    items = _ids()
    files = _ids()
    assignments = _ids()
    interactions = _ids()
    links = _ids()
    related = _ids()
    jira_links = _ids()

    class Meta:
        constraints = [
            models.UniqueConstraint("case", name="merge_one_a_case", condition=Q(undone_at=None)),
            models.CheckConstraint(name="merge_into_another_case", condition=~Q(into=F("case"))),
            models.CheckConstraint(
                name="merge_undoing_is_whole",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} into {self.into}"
