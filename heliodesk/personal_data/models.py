"""That a homeowner was erased, and after how long that comes by itself."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from heliodesk.directory.models import Account
from heliodesk.people.models import User


class Erasure(models.Model):
    """One erasure of a homeowner's personal data: when, by whom (None: by the retention), and how
    much it was about. It holds none of the data."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="erasures")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    cases = models.PositiveIntegerField()
    files = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="erasure_by_time")]

    def __str__(self) -> str:
        return f"{self.account_id} at {self.at:%Y-%m-%d %H:%M}"


class Retention(models.Model):
    """One row for the whole desk; `Retention.current()` gives it. None: nobody is erased by
    itself."""

    months = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )

    class Meta:
        verbose_name_plural = "retention"
        constraints = [
            models.CheckConstraint(name="retention_one_row", condition=models.Q(pk=1)),
            models.CheckConstraint(
                name="retention_is_some_time",
                condition=models.Q(months=None) | models.Q(months__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.months} months" if self.months else "for ever"

    @classmethod
    def current(cls) -> Retention:
        """The one in force: none, where an administrator has set none."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
