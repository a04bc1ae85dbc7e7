"""Case assignments: what a case asks of a department (A)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from heliodesk.cases.models import Case
from heliodesk.people.models import Department, ReferralReason, ReferralSubtype, Topic, User


class AssignmentStatus(models.TextChoices):
    """Where an assignment stands (A4)."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    COMPLETED = "completed", "Completed"
    REJECTED = "rejected", "Rejected"
    RETURNED = "returned", "Returned"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: While an assignment stands in one of these, its case is Internal Referral (S1).
STANDING = (AssignmentStatus.OPEN, AssignmentStatus.ACCEPTED)
#: Ended by the department, which says how: a resolution or a reason (A4).
ANSWERED = (
    AssignmentStatus.COMPLETED,
    AssignmentStatus.REJECTED,
    AssignmentStatus.RETURNED,
)


class CaseAssignment(models.Model):
    """One action asked of one department for a case.

    PostgreSQL holds that a closed case has none that stands (X2), and by references over two
    columns (see the migrations) that reason and topic are of the department, the subtype of the
    reason.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="assignments", db_index=False
    )
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.ForeignKey(ReferralReason, models.PROTECT, related_name="+", db_index=False)
    subtype = models.ForeignKey(
        ReferralSubtype, models.PROTECT, null=True, related_name="+", db_index=False
    )
    comments = models.TextField()
    account_manager = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    sales_manager = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    status = models.CharField(
        max_length=12, choices=AssignmentStatus, default=AssignmentStatus.OPEN
    )
    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    outcome = models.TextField(blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    accepted_at = models.DateTimeField(null=True)
    # The last word or act of anybody in the department; its creation until there is one (F4).
    acted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_status_is_known", condition=Q(status__in=AssignmentStatus.values)
            ),
            models.CheckConstraint(
                name="assignment_ended_has_time",
                condition=Q(status__in=STANDING, ended_at=None)
                | ~Q(status__in=STANDING) & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(name="assignment_says_what_for", condition=~Q(comments="")),
            models.CheckConstraint(
                name="assignment_ended_has_who",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("created_at")),
            ),
            models.CheckConstraint(
                name="assignment_accepted_has_assignee",
                condition=~Q(status__in=["accepted", "completed"]) | Q(assignee__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_open_has_no_assignee",
                condition=~Q(status="open") | Q(assignee=None),
            ),
            models.CheckConstraint(
                name="assignment_assignee_has_time",
                condition=Q(assignee=None, accepted_at=None)
                | Q(assignee__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_answered_says_how",
                condition=(~Q(status__in=ANSWERED) | ~Q(outcome=""))
                & (~Q(status__in=STANDING) | Q(outcome="")),
            ),
            models.CheckConstraint(
                name="assignment_managers_are_both",
                condition=Q(account_manager=None, sales_manager=None)
                | Q(account_manager__isnull=False, sales_manager__isnull=False),
            ),
        ]
        indexes = [
            # Whose cases they are, to filter dashboards by (V5).
            models.Index(fields=["department"], include=["case"], name="assignment_of_department"),
            models.Index(
                fields=["department", "created_at", "id"],
                name="assignment_standing",
                condition=Q(status__in=STANDING),
            ),
            models.Index(
                fields=["assignee", "created_at", "id"],
                name="assignment_of_assignee",
                condition=Q(status="accepted"),
            ),
            # With what dashboards count by (V5), so that they read no row for it.
            models.Index(
                fields=["department", "-ended_at", "-id"],
                include=["case", "status", "created_at", "accepted_at"],
                name="assignment_ended",
                condition=Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"CA-{self.pk:05d}"


class FollowUp(models.Model):
    """The owner asked after an assignment (F1): what was asked, and whether it was answered.

    Unanswered at `escalates_at` (UTC), the escalation contact is tagged, once (F3). It has ended
    when the department answered, or when the assignment was withdrawn before it did.
    """

    assignment = models.ForeignKey(CaseAssignment, models.PROTECT, related_name="follow_ups")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    escalates_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "assignment", name="follow_up_one_unanswered", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="follow_up_answered_has_ended",
                condition=Q(answered_by=None) | Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["escalates_at", "id"],
                name="follow_up_waiting",
                condition=Q(ended_at=None, escalated_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"follow-up of {self.assignment_id}"
