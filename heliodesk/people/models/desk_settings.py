"""The desk's settings which an administrator edits."""

from __future__ import annotations

from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from heliodesk.core import rows
from heliodesk.people.models.users import User

DEFAULT_REFUSED_TYPES = "exe bat cmd com scr msi js jse vbs vbe ps1 jar hta lnk dll cpl reg"


class SecondFactor(models.TextChoices):
    """Who needs more than a password to sign in (K1)."""

    NOBODY = "nobody", "Nobody has to"
    ADMINISTRATORS = "administrators", "Administrators"
    EVERYBODY = "everybody", "Everybody"


class PasswordSignIn(models.TextChoices):
    """Who signs in by a password or passkey of the desk, where there is single sign-on (K1)."""

    EVERYBODY = "everybody", "Everybody who has one"
    ADMINISTRATORS = "administrators", "Administrators only"


class DeskSettings(models.Model):
    """One row for the whole desk; `DeskSettings.current()` gives it."""

    review_interval_hours = models.PositiveIntegerField(
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 90)],
        help_text="Hours after which a case without a review is due for one (L7).",
    )
    reopening_window_hours = models.PositiveIntegerField(
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 30)],
        help_text="Hours after closing in which a case may be reopened (X4).",
    )
    follow_up_hours = models.PositiveIntegerField(
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 30)],
        help_text="Hours after which an unanswered follow-up is escalated (F3).",
    )
    overdue_hours = models.PositiveIntegerField(
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 90)],
        help_text="Hours without a word or act of its department that make an assignment "
        "overdue (F4).",
    )
    digest_hour = models.PositiveSmallIntegerField(
        default=7,
        validators=[MaxValueValidator(23)],
        help_text="Hour of the day, in the desk's time zone, at which the daily digest goes out "
        "(C2).",
    )
    file_size_limit_mb = models.PositiveIntegerField(
        default=25,
        validators=[MinValueValidator(1), MaxValueValidator(2048)],
        help_text="The largest file that may be put on a case, in megabytes (G1).",
    )
    refused_file_types = models.CharField(
        max_length=500,
        blank=True,
        default=DEFAULT_REFUSED_TYPES,
        help_text="File name endings that are refused, separated by spaces (G1).",
    )
    support_exports = models.BooleanField(
        default=True,
        db_default=True,
        verbose_name="all of Support exports lists",
        help_text="Everybody in Support may export lists of cases as CSV; not ticked, only "
        "supervisors and administrators (V3).",
    )
    second_factor = models.CharField(
        max_length=20,
        choices=SecondFactor,
        default=SecondFactor.NOBODY,
        db_default=SecondFactor.NOBODY,
        help_text="Who sets up a second factor when they sign in by password (K1).",
    )
    password_sign_in = models.CharField(
        max_length=20,
        choices=PasswordSignIn,
        default=PasswordSignIn.EVERYBODY,
        db_default=PasswordSignIn.EVERYBODY,
        help_text="Who may sign in without single sign-on, where it is set up (K1).",
    )
    escalation_text = models.TextField(
        blank=True, help_text="Shown when a case is handed over as an escalation (Q2)."
    )
    escalation_contact = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Tagged when a follow-up stays unanswered (F3).",
    )

    class Meta:
        verbose_name_plural = "desk settings"
        constraints = [
            models.CheckConstraint(name="desk_settings_one_row", condition=models.Q(pk=1)),
            models.CheckConstraint(
                name="desk_settings_second_factor_is_known",
                condition=models.Q(second_factor__in=SecondFactor.values),
            ),
            models.CheckConstraint(
                name="desk_settings_password_sign_in_is_known",
                condition=models.Q(password_sign_in__in=PasswordSignIn.values),
            ),
        ]

    def __str__(self) -> str:
        return "Settings of the desk"

    @classmethod
    def current(cls) -> DeskSettings:
        """The settings in force; the defaults where an administrator has set none yet."""
        return rows.find(cls, "id = %s", [1]) or cls(pk=1)

    @property
    def review_interval(self) -> timedelta:
        """How old a review may get (L7)."""
        return timedelta(hours=self.review_interval_hours)

    @property
    def reopening_window(self) -> timedelta:
        """How long after closing a case may be reopened (X4)."""
        return timedelta(hours=self.reopening_window_hours)

    @property
    def follow_up_limit(self) -> timedelta:
        """How long a follow-up may stay unanswered (F3)."""
        return timedelta(hours=self.follow_up_hours)

    @property
    def overdue_limit(self) -> timedelta:
        """How long a department may leave an assignment alone (F4)."""
        return timedelta(hours=self.overdue_hours)

    @property
    def file_size_limit(self) -> int:
        """The largest file, in bytes (G1)."""
        return self.file_size_limit_mb * 1024 * 1024

    @property
    def refused_types(self) -> frozenset[str]:
        """Refused file name endings, lower case and without the dot (G1)."""
        return frozenset(
            ending.lower().lstrip(".")
            for ending in self.refused_file_types.replace(",", " ").split()
        )
