"""The same done to several cases (V3): what was asked, and a result for each; exports."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from heliodesk.cases.models import Case
from heliodesk.people.models import User


class Act(models.TextChoices):
    """What may be done to several cases at once."""

    OWNER = "change_owner", "Change owner"
    TAKE = "take", "Take"
    CLOSE = "close", "Close"
    PRIORITY = "set_priority", "Set priority"


class Outcome(models.TextChoices):
    """What came of one case."""

    DONE = "done", "Done"
    NOTHING = "nothing", "Nothing to do"
    REFUSED = "refused", "Refused"


class BulkAction(models.Model):
    """One act on several cases: asked by whom, from where, with which arguments, and over which: a
    filter's query text, the refused ones of an earlier action or those it had not come to, or the
    cases that were picked.

    Which cases these are is fixed when it begins, in chunks. The counts are those of the finished
    chunks, and exact when the action has ended.
    """

    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    origin = models.CharField(max_length=80)
    act = models.CharField(max_length=20, choices=Act)
    arguments: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    query = models.TextField(blank=True)
    again_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0, db_default=0)
    nothing = models.PositiveIntegerField(default=0, db_default=0)
    refused = models.PositiveIntegerField(default=0, db_default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["by", "-id"], name="bulk_action_by")]
        constraints = [
            models.CheckConstraint(name="bulk_act_is_known", condition=Q(act__in=Act.values)),
            models.CheckConstraint(
                name="bulk_stopped_has_ended",
                condition=Q(stopped_by=None) | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} of {self.total:,} cases"

    @property
    def left(self) -> int:
        """How many have no result."""
        return self.total - self.done - self.nothing - self.refused

    @property
    def has_ended(self) -> bool:
        """Whether it is over: finished or stopped."""
        return self.ended_at is not None

    @property
    def was_stopped(self) -> bool:
        """Whether somebody stopped it before all were done."""
        return self.stopped_by_id is not None


class BulkChunk(models.Model):
    """Some of an action's cases, by their IDs: fixed when it begins, so that the set cannot shift
    while it runs."""

    action = models.ForeignKey(BulkAction, models.CASCADE, related_name="chunks", db_index=False)
    position = models.PositiveIntegerField()
    case_ids: ArrayField[list[int], list[int]] = ArrayField(models.BigIntegerField())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("action", "position", name="bulk_chunk_position"),
        ]

    def __str__(self) -> str:
        return f"chunk {self.position} of action {self.action_id}"


class BulkResult(models.Model):
    """What came of one case. `case` is empty where the number that was sent is no case that the
    person may see (K6). A case has one result in an action, however often a job runs."""

    action = models.ForeignKey(BulkAction, models.CASCADE, related_name="results", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", db_index=False)
    number = models.BigIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    code = models.CharField(max_length=60, blank=True, db_default="")
    message = models.TextField(blank=True, db_default="")
    rule = models.CharField(max_length=8, blank=True, db_default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("action", "case", name="bulk_result_once_a_case"),
            models.CheckConstraint(
                name="bulk_refused_says_why",
                condition=~Q(outcome="refused") | ~Q(message="") & ~Q(rule=""),
            ),
        ]
        indexes = [models.Index(fields=["action", "outcome", "id"], name="bulk_result_of_action")]

    def __str__(self) -> str:
        return f"{self.number:08d}: {self.get_outcome_display()}"


class Export(models.Model):
    """A list of cases as a CSV file (V3): who exported which, and how many rows came of it.

    A small one is written while the browser waits. A large one is written by a job, into the
    desk's storage as `stored_as`, and kept there for a while.
    """

    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    origin = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    columns = models.TextField(blank=True)
    order = models.CharField(max_length=60, blank=True)
    for_excel = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0, db_default=0)
    size = models.BigIntegerField(default=0, db_default=0)
    stored_as = models.CharField(max_length=200, blank=True, db_default="")
    failed_because = models.CharField(max_length=300, blank=True, db_default="")
    forgotten_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        indexes = [
            models.Index(fields=["by", "-id"], name="export_by"),
            models.Index(fields=["ended_at"], name="export_kept", condition=~Q(stored_as="")),
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"
