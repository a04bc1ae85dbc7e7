"""Which Jira tickets a case is linked with, and what Jira has been told of the case (J1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from heliodesk.cases.models.cases import Case
from heliodesk.people.models import User


class RemoteLink(models.TextChoices):
    """What Jira has been told: its remote link back to the case."""

    NONE = "none", "Jira is not told"
    WAITING = "waiting", "waiting"
    MADE = "made", "made"
    REFUSED = "refused", "refused"


class JiraLink(models.Model):
    """A ticket that pertains to a case: its URL, and key, title and status as Jira told them last.

    A link that is taken away stays as a row with `removed_at`, so that Jira can be told of that
    too. `told_*` is about Jira's remote link back, which `global_id` makes the same one whenever
    it is sent; `turn` counts what Jira has to be told, so that a late answer to an earlier turn
    does not count for a later one.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="jira_links")
    url = models.CharField(max_length=1000)
    key = models.CharField(max_length=100, blank=True)
    issue_id = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=100, blank=True)
    is_done = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    removed_at = models.DateTimeField(null=True)
    refreshed_at = models.DateTimeField(null=True)
    refresh_problem = models.CharField(max_length=300, blank=True)
    global_id = models.CharField(max_length=100, unique=True)
    told = models.CharField(max_length=10, choices=RemoteLink, default=RemoteLink.NONE)
    told_at = models.DateTimeField(null=True)
    told_problem = models.CharField(max_length=300, blank=True)
    turn = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    taken_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", "url", name="jira_link_once_a_case", condition=Q(removed_at=None)
            ),
            models.CheckConstraint(
                name="jira_link_is_http", condition=Q(url__regex=r"^https?://[^[:space:]]+$")
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="jira_link_to_tell", condition=Q(told="waiting")),
            models.Index(
                fields=["refreshed_at"],
                name="jira_link_to_refresh",
                condition=Q(removed_at=None) & ~Q(told="none"),
            ),
        ]

    def __str__(self) -> str:
        return self.key or self.url
