"""Which Jira the desk speaks with, and the tickets that it has seen there (J1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from heliodesk.core import rows
from heliodesk.core.sealed import unseal


class Kind(models.TextChoices):
    """The two flavours of Jira: their addresses and their way of signing in differ."""

    CLOUD = "cloud", "Jira Cloud"
    DATA_CENTER = "data_center", "Jira Data Center"


class JiraSettings(models.Model):
    """One row for the whole desk. The token is sealed, and no page shows it again."""

    is_active = models.BooleanField(default=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CLOUD)
    base_url = models.CharField(max_length=300)
    email = models.CharField(max_length=254, blank=True)
    sealed_token = models.TextField()
    projects = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="jira_settings_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="jira_settings_is_http",
                condition=Q(base_url__regex=r"^https?://[^[:space:]]+$"),
            ),
        ]

    def __str__(self) -> str:
        return self.base_url

    @classmethod
    def kept(cls) -> JiraSettings | None:
        """The settings, also while they are switched off; None where there are none yet."""
        return rows.find(cls, "id = %s", [1])

    @classmethod
    def in_use(cls) -> JiraSettings | None:
        """The settings of the Jira that is in use; None where there is none."""
        found = cls.kept()
        return found if found is not None and found.is_active else None

    @property
    def token(self) -> str:
        """The API token, or personal access token. Fails with `core.sealed.Unsealable`."""
        return unseal(self.sealed_token)

    @property
    def project_keys(self) -> list[str]:
        """The projects to which the search is restricted; none: all that the token may see."""
        return self.projects.split()


class KnownTicket(models.Model):
    """A ticket as Jira told it last, so that a link has its title and status at once."""

    key = models.CharField(max_length=100, unique=True)
    issue_id = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    status = models.CharField(max_length=100)
    is_done = models.BooleanField()
    read_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
