"""Who follows a case, and which cases are related (W2)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from heliodesk.cases.models.cases import Case
from heliodesk.people.models import User


class Follower(models.Model):
    """Somebody gets the notices of a case that is not theirs. `Case.is_followed` is kept true
    while there is one, so that rules ask for followers only then."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="followers", db_index=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="followed", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("case", "user", name="follower_once_a_case")]
        indexes = [models.Index(fields=["user", "-at"], name="follower_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.case_id}"


class RelatedCase(models.Model):
    """Two cases that have to do with each other, and stay two. It holds both ways."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="related", db_index=False)
    other = models.ForeignKey(Case, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("case", "other"), Greatest("case", "other"), name="related_case_once_a_pair"
            ),
            models.CheckConstraint(name="related_case_is_another", condition=~Q(case=F("other"))),
        ]
        indexes = [models.Index(fields=["case"], name="related_case_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id} and {self.other_id}"
