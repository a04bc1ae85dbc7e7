"""Boundary teams (departments): data that an administrator edits, never code."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from heliodesk.people.models.choices import Choice
from heliodesk.people.models.users import User


class Department(Choice):
    """A team outside Support which does its part by case assignments."""

    noun: ClassVar[str] = "department"
    procedure: ClassVar[str] = "A4"

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.TextField(blank=True)
    wants_managers = models.BooleanField(
        default=False, help_text="Ask for Account Manager and Sales Manager (A1)."
    )
    voids_case = models.BooleanField(
        default=False,
        help_text="Rejected or returned by this department, a case should be voided (A6).",
    )
    follow_up_all = models.BooleanField(
        default=True, help_text="Tag all follow-up contacts, not only the first active (F1)."
    )
    members: models.ManyToManyField[User, DepartmentMembership] = models.ManyToManyField(
        User, through="DepartmentMembership", related_name="departments"
    )

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class DepartmentMembership(models.Model):
    """Somebody belongs to a department."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="department_memberships")

    class Meta:
        constraints = [models.UniqueConstraint("user", "department", name="department_member_once")]

    def __str__(self) -> str:
        return f"{self.user} in {self.department}"


class Topic(Choice):
    """A topic that a department divides its follow-up contacts by (F1)."""

    noun: ClassVar[str] = "topic"
    procedure: ClassVar[str] = "F1"
    of: ClassVar[str] = "department"

    department = models.ForeignKey(Department, models.PROTECT, related_name="topics")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint("department", "name", name="topic_once"),
            # What an assignment's (topic, department) refers to.
            models.UniqueConstraint("id", "department", name="topic_of_department"),
        ]

    def __str__(self) -> str:
        return self.name


class FollowUpContact(models.Model):
    """Whom a follow-up tags (F1), for one topic where the department has topics."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="follow_up_contacts")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="contacts")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                "department",
                "topic",
                "user",
                name="follow_up_contact_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.department}"


class ReferralReason(Choice):
    """The primary reason of a case assignment to a department (A1)."""

    noun: ClassVar[str] = "referral reason"
    procedure: ClassVar[str] = "A1"
    of: ClassVar[str] = "department"

    department = models.ForeignKey(Department, models.PROTECT, related_name="referral_reasons")

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint("department", Lower("name"), name="referral_reason_once"),
            # What an assignment's (reason, department) refers to.
            models.UniqueConstraint("id", "department", name="referral_reason_of_department"),
        ]

    def __str__(self) -> str:
        return f"{self.department}: {self.name}"


class ReferralSubtype(Choice):
    """The secondary reason of a case assignment, where the reason has any (A1)."""

    noun: ClassVar[str] = "referral subtype"
    procedure: ClassVar[str] = "A1"
    of: ClassVar[str] = "reason"

    reason = models.ForeignKey(ReferralReason, models.PROTECT, related_name="subtypes")

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint("reason", Lower("name"), name="referral_subtype_once"),
            # What an assignment's (subtype, reason) refers to.
            models.UniqueConstraint("id", "reason", name="referral_subtype_of_reason"),
        ]

    def __str__(self) -> str:
        return self.name
