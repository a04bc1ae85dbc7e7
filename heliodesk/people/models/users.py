"""The people of the desk and their roles (K7)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What somebody is in Support; a person of another department has none."""

    NONE = "", "Department member"
    FRONTLINE = "frontline", "Frontline agent"
    BACK_OFFICE = "back_office", "Back-office agent"
    SUPERVISOR = "supervisor", "Supervisor"
    ADMINISTRATOR = "administrator", "Administrator"


class MailWanted(models.TextChoices):
    """Which notices somebody gets by mail, beside the bell (C2)."""

    NONE = "none", "No mail"
    MENTIONS = "mentions", "Mentions and replies at once"
    DIGEST = "digest", "A daily digest"


class UserManager(BaseUserManager["User"]):
    """Makes users with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A new, saved user; without a password they cannot sign in by one."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A new administrator."""
        return self.create_user(username, password, role=Role.ADMINISTRATOR, **fields)


class User(AbstractBaseUser):
    """Somebody who signs in. People are deactivated, never deleted (Q5)."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.NONE, blank=True)
    is_active = models.BooleanField(default=True)
    external_id = models.CharField(max_length=40, blank=True)
    mail_wanted = models.CharField(
        max_length=10,
        choices=MailWanted,
        default=MailWanted.NONE,
        help_text="Which notices come by mail too (C2).",
    )
    mail_refused = models.CharField(
        max_length=300,
        blank=True,
        help_text="What the mail server said when it refused this address. No more mail is tried "
        "until the address or the choice changes.",
    )
    password_is_temporary = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Somebody else chose it: they choose another before anything else (K1).",
    )
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="user_role_is_known", condition=models.Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="user_mail_wanted_is_known",
                condition=models.Q(mail_wanted__in=MailWanted.values),
            ),
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", condition=~models.Q(email="")
            ),
            models.UniqueConstraint(
                "external_id", name="user_external_id_once", condition=~models.Q(external_id="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
