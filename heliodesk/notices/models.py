"""Notices: what the bell rings for (C2)."""

from __future__ import annotations

from django.db import models

from heliodesk.cases.models import Case
from heliodesk.feed.models import FeedItem
from heliodesk.people.models import User


class NoticeKind(models.TextChoices):
    """Why somebody is told."""

    MENTIONED = "mentioned", "You were mentioned"
    REPLIED = "replied", "Reply to your post"
    NOW_OWNER = "now_owner", "You are now the owner"
    CUSTOMER = "customer", "The customer got in touch"
    REOPENED = "reopened", "Your case was reopened"
    CONTRACT_ENDING = "contract_ending", "A contract is ending"
    ASSIGNMENT = "assignment", "Assignment for your department"
    ASSIGNMENT_ENDED = "assignment_ended", "An assignment ended"
    ASKED_AFTER = "asked_after", "Somebody asks after an assignment"
    FOLLOW_UP_UNANSWERED = "follow_up_unanswered", "A follow-up stays unanswered"
    REVIEW_OVERDUE = "review_overdue", "A review is overdue"
    FOLLOW_UP_DATE = "follow_up_date", "A follow-up date is due"
    FOLLOWED = "followed", "News of a case that you follow"
    SET_UP_LACKING = "set_up_lacking", "The set-up lacks a contact"
    WEBHOOK_OFF = "webhook_off", "A webhook was switched off"


#: Somebody speaks to the person: these go by mail at once, to who wants it so.
AT_ONCE = (
    NoticeKind.MENTIONED,
    NoticeKind.REPLIED,
    NoticeKind.ASKED_AFTER,
    NoticeKind.FOLLOW_UP_UNANSWERED,
)
#: The reasons, the strongest first: of several for one post, a person is told the first.
STRENGTH = (
    *AT_ONCE,
    *(kind for kind in NoticeKind if kind not in {*AT_ONCE, NoticeKind.FOLLOWED}),
    NoticeKind.FOLLOWED,
)


class Notice(models.Model):
    """One thing that one person is told, leading to the very post. Nobody twice for one post.

    What became due by itself, such as a review, has no post: `due_at` says since when, and nobody
    is told twice of the same. What was done to several cases at once (V3) is one notice, of the
    post on the first of the `cases`: `bulk_action` says of which action.
    """

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    item = models.ForeignKey(FeedItem, models.CASCADE, null=True, related_name="notices")
    due_at = models.DateTimeField(null=True)
    kind = models.CharField(max_length=30, choices=NoticeKind)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    bulk_action = models.BigIntegerField(null=True)
    cases = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint("recipient", "item", name="notice_once_a_post"),
            models.UniqueConstraint(
                "recipient",
                "case",
                "kind",
                "due_at",
                name="notice_once_a_due_time",
                condition=models.Q(item=None),
            ),
            models.CheckConstraint(
                name="notice_of_post_or_due_time",
                condition=models.Q(item__isnull=False, due_at=None)
                | models.Q(item=None, due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-at", "-id"], name="notice_of_recipient"),
            # The bell shows each case once, by its newest notice.
            models.Index(fields=["recipient", "case", "-at", "-id"], name="notice_of_case"),
            models.Index(
                fields=["recipient"], name="notice_unread", condition=models.Q(read_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.recipient_id}"


class Digest(models.Model):
    """One daily digest that went to one person, covering what was unread up to `at`."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("recipient", "day", name="digest_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} for {self.recipient_id}"
