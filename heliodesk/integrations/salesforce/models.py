"""Which record of an export is which record of the desk (M1)."""

from __future__ import annotations

from django.db import models


class Imported(models.Model):
    """A record that came from an export, and the row of the desk that it became.

    `digest` is of the values as they were imported: a record that has the same ones again is left
    alone, whatever was done with it on the desk since. Accounts, contacts, contracts and people
    carry their external IDs themselves and are here for their digests only.
    """

    subject = models.CharField(max_length=20)
    external_id = models.CharField(max_length=40)
    target_id = models.BigIntegerField()
    digest = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "imported records"
        constraints = [
            models.UniqueConstraint(fields=["subject", "external_id"], name="imported_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.external_id}"
