"""What full text finds: one row for each text that somebody wrote (V4)."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchText(models.Model):
    """The words of one text, and what is asked of it: whose case, what kind, who, when.

    PostgreSQL keeps these rows by triggers (see the migration), so that they hold whatever the way
    in. `id` is four times the text's own ID and its `Source`: one key says which text it is, and
    nothing refers here. `words` also holds three words that nobody can write: `=post` for the kind,
    `=by7` for the author and `=w2951` for the week, so that one index narrows by all of them.
    """

    class Source(models.IntegerChoices):
        """Where the text itself stands."""

        DESCRIPTION = 0, "description of a case"
        ITEM = 1, "item of a feed"
        INTERACTION = 2, "interaction without a case"
        FILE = 3, "file"

    class Kind(models.TextChoices):
        """What a person calls it."""

        DESCRIPTION = "description", "Description"
        POST = "post", "Post"
        REVIEW = "review", "Review"
        INTERACTION = "interaction", "Interaction"
        ASSIGNMENT = "assignment", "Assignment"
        NOTE = "note", "Note"
        FILE = "file", "File"

    id = models.BigIntegerField(primary_key=True)
    case_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12, choices=Kind)
    author_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    words = SearchVectorField()

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="search_text_newest"),
            models.Index(fields=["case_id"], name="search_text_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
