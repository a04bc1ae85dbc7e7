"""Chatter: the time line of a case (C)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from heliodesk.cases.models import Case
from heliodesk.people.models import Department, Queue, User


class FeedItem(models.Model):
    """A post, a reply, or something that happened (C1, C3). `kind` is one of `feed.kinds`.

    `body` is what a person wrote, as Markdown; `body_html` the same rendered safely, once, when
    it is written (C5). `data` holds what happened: old and new values, names.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="feed", db_index=False)
    kind = models.CharField(max_length=40)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-at", "-id"], name="feed_of_case"),
            # What was taken in a range, counted by where from, without a row read (V5).
            models.Index(
                fields=["at"], include=["data"], name="feed_taken", condition=Q(kind="taken")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="feed_post_says_something",
                condition=~Q(kind="post") | ~Q(body="") | Q(deleted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="feed_item_is_not_its_parent", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.case_id}"


class Mention(models.Model):
    """Somebody, a department or a queue was mentioned in a post (C1)."""

    item = models.ForeignKey(FeedItem, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    queue = models.ForeignKey(Queue, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mention_is_of_exactly_one",
                condition=Q(user__isnull=False, department=None, queue=None)
                | Q(user=None, department__isnull=False, queue=None)
                | Q(user=None, department=None, queue__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"mention in {self.item_id}"
