"""Jobs: projects in Engine, the company's job system."""

from __future__ import annotations

from django.db import models

from heliodesk.directory.models.accounts import Account
from heliodesk.directory.models.contracts import Contract


class Job(models.Model):
    """A project in Engine."""

    job_id = models.CharField(max_length=40, unique=True, verbose_name="job ID")
    installer = models.ForeignKey(Account, models.PROTECT, related_name="jobs")
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    name = models.CharField(max_length=200, blank=True)
    phase = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="job_has_id", condition=~models.Q(job_id="")),
        ]

    def __str__(self) -> str:
        return self.job_id
