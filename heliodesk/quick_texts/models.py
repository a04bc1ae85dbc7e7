"""Texts used often, personal or shared (W3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from heliodesk.people.models import User


class QuickText(models.Model):
    """A text that is put into a description, post, resolution or review.

    `text` may hold facts of the case in braces, such as `{customer}`. One without an `owner` is
    shared by the whole desk.
    """

    owner = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="quick_texts", db_index=False
    )
    name = models.CharField(max_length=80)
    text = models.TextField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                "owner", Lower("name"), name="quick_text_once_a_name", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="quick_text_says_something", condition=~Q(name="") & ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
