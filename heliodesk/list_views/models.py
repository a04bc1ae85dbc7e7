"""Saved list views, whose they are and who sees them (V3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from heliodesk.people.models import Department, Queue, User

Names = list[str]
NO_NAMES = list  # `list` is also the name of a field below


class SharedWith(models.TextChoices):
    """Whom a view is offered to."""

    NOBODY = "nobody", "Only me"
    TEAM = "team", "A team"
    EVERYBODY = "everybody", "Everybody"


class ListView(models.Model):
    """A list of cases under a name: `query` is the canonical text of its address.

    One without an `owner` came with the desk; supervisors keep it.
    """

    owner = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="list_views", db_index=False
    )
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    shared_with = models.CharField(max_length=10, choices=SharedWith, default=SharedWith.NOBODY)
    queue = models.ForeignKey(
        Queue, models.PROTECT, null=True, related_name="list_views", db_index=False
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="list_views", db_index=False
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                "owner", Lower("name"), name="list_view_once_a_name", nulls_distinct=False
            ),
            models.CheckConstraint(name="list_view_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="list_view_team_is_one",
                condition=Q(shared_with="team", queue__isnull=False, department=None)
                | Q(shared_with="team", queue=None, department__isnull=False)
                | Q(shared_with__in=["nobody", "everybody"], queue=None, department=None),
            ),
            models.CheckConstraint(
                name="list_view_of_nobody_is_everybodys",
                condition=Q(owner__isnull=False) | Q(shared_with="everybody"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PinnedView(models.Model):
    """A view in somebody's rail."""

    person = models.ForeignKey(User, models.CASCADE, related_name="pinned_views", db_index=False)
    view = models.ForeignKey(ListView, models.CASCADE, related_name="pins")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("person", "view", name="pinned_view_once")]

    def __str__(self) -> str:
        return f"{self.view_id} in the rail of {self.person_id}"


class ListLayout(models.Model):
    """How somebody wants a list to look. `list` is `cases` or `queue/<slug>`, with the columns that
    they chose, none being the usual ones, and how wide they made them, in pixels by column (V3); or
    `desk`, My desk, with the groups that they folded away, by their statuses (V1)."""

    person = models.ForeignKey(User, models.CASCADE, related_name="list_layouts", db_index=False)
    list = models.CharField(max_length=120)
    columns: models.JSONField[Names, Names] = models.JSONField(default=NO_NAMES)
    widths: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    folded: models.JSONField[Names, Names] = models.JSONField(default=NO_NAMES, db_default=[])

    class Meta:
        constraints = [models.UniqueConstraint("person", "list", name="list_layout_once")]

    def __str__(self) -> str:
        return f"{self.list} of {self.person_id}"
