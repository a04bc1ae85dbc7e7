"""Engine, the job system: where it is, and the comments that cases leave in it (N4, E1, E2).

Rules ask whether Engine is set up, and no rule knows an integration: so these two tables stand with
the cases, and what speaks to Engine stands in `heliodesk.integrations.engine`.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from heliodesk.cases.models.cases import Case
from heliodesk.core import rows
from heliodesk.people.models import User


class EngineSettings(models.Model):
    """One row for the whole desk; `EngineSettings.current()` gives it."""

    address = models.CharField(max_length=300, blank=True)
    #: Sealed by `core.sealed`; never shown again.
    token = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    #: How often in a row Engine did not take a comment, and until when it is left alone for that.
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "engine settings"
        constraints = [
            models.CheckConstraint(name="engine_settings_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="engine_address_is_http",
                condition=Q(address="") | Q(address__regex=r"^https?://[^/]"),
            ),
        ]

    def __str__(self) -> str:
        return "Settings of Engine"

    @classmethod
    def current(cls) -> EngineSettings:
        """The settings in force; without an address where none have been set."""
        return rows.find(cls, "id = %s", [1]) or cls(pk=1)

    @property
    def is_set(self) -> bool:
        """Whether comments go to Engine by themselves (E2)."""
        return self.is_active and bool(self.address)


class EngineState(models.TextChoices):
    """What has become of a comment (E1, E2)."""

    WAITING = "waiting", "waiting"
    POSTED = "posted", "posted"
    REFUSED = "refused", "refused"
    BY_HAND = "by_hand", "to be posted by hand"
    #: The case is about another job by now.
    WITHDRAWN = "withdrawn", "withdrawn"


class EngineComment(models.Model):
    """The private comment of a case for the OPS phase of its job; one for each job that the case
    was ever said to be about. A case with a job and no row has its comment to be posted by hand.

    `key` is made with the row, before anything is sent: however often it is sent, Engine takes it
    once.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="engine_comments", db_index=False)
    job_id = models.CharField(max_length=40)
    text = models.CharField(max_length=200)
    key = models.UUIDField(default=uuid4, unique=True)
    state = models.CharField(max_length=12, choices=EngineState, default=EngineState.WAITING)
    left_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    #: When it is due to be sent, while it waits.
    next_try_at = models.DateTimeField(null=True)
    #: Until when one worker has it to itself: longer than sending can take.
    claimed_until = models.DateTimeField(null=True)
    #: Why Engine has not got it yet, or refused it.
    reason = models.CharField(max_length=400, blank=True)
    posted_at = models.DateTimeField(null=True)
    #: Who posted it by hand.
    posted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    #: What Engine calls the comment.
    comment_id = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "job_id", name="engine_comment_once_a_job"),
            models.CheckConstraint(name="engine_comment_has_job", condition=~Q(job_id="")),
            models.CheckConstraint(
                name="engine_comment_state_is_known", condition=Q(state__in=EngineState.values)
            ),
            models.CheckConstraint(
                name="engine_comment_posted_has_time",
                condition=Q(state=EngineState.POSTED, posted_at__isnull=False)
                | ~Q(state=EngineState.POSTED) & Q(posted_at=None, posted_by=None),
            ),
            models.CheckConstraint(
                name="engine_comment_waits_for_a_time",
                condition=Q(state=EngineState.WAITING, next_try_at__isnull=False)
                | ~Q(state=EngineState.WAITING) & Q(next_try_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                name="engine_comment_due",
                condition=Q(state=EngineState.WAITING),
            ),
            models.Index(
                fields=["state", "-id"],
                name="engine_comment_open",
                condition=~Q(state__in=[EngineState.POSTED, EngineState.WITHDRAWN]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} for job {self.job_id}: {self.state}"
