"""Invitations: how somebody comes to the desk for the first time (K1)."""

from __future__ import annotations

from django.db import models

from heliodesk.people.models.users import User


class Invitation(models.Model):
    """Somebody may come in by a link, once: they choose a password or sign in by the company.

    The person stands on the desk from the invitation on: they can be put into queues and be made
    a contact before they have come. `key` is what the link is made from (see `rules.invitation`).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    key = models.CharField(max_length=40)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_refused = models.CharField(max_length=300, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "user",
                name="invitation_open_once",
                condition=models.Q(accepted_at=None, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="invitation_ends_one_way",
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.user}"

    @property
    def is_open(self) -> bool:
        """Neither accepted nor withdrawn; it may have expired."""
        return self.accepted_at is None and self.withdrawn_at is None
