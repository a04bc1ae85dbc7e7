"""Files on a case (G)."""

from __future__ import annotations

from django.db import models

from heliodesk.cases.models import Case
from heliodesk.people.models import User


class CaseFile(models.Model):
    """A file that was stored whole before this row was written: it is never lost from the list."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField(help_text="Bytes.")
    content_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=255, unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="case_file_has_bytes", condition=models.Q(size__gt=0)),
            models.CheckConstraint(name="case_file_has_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
