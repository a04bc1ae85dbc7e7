"""Users and roles (K7); people are deactivated, never deleted (Q5)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from heliodesk.core.desk_admin import DeskAdmin, SetUpForm, refusals
from heliodesk.people.models import QueueMembership, Role, User
from heliodesk.people.rules.leaving import (
    deactivate,
    refuse_if_last_of_departments,
    refuse_if_owning,
)


class UserForm(SetUpForm):
    """A person, with a password to set."""

    new_password = forms.CharField(
        label="Set a password",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 10 characters. Empty: the password stays; a new person without one "
        "cannot sign in by password.",
    )

    class Meta:
        model = User
        fields = ("name", "username", "email", "role", "is_active", "external_id")

    def clean_new_password(self) -> str:
        """Refuse a weak password."""
        password: str = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse whom the desk cannot let go yet (Q5, K7)."""
        cleaned = super().clean() or self.cleaned_data
        before = User.objects.filter(pk=self.instance.pk).first()
        if before is not None and before.is_active:
            require_handed_on(before, cleaned)
            require_administrator_left(before, cleaned)
        return cleaned


def require_handed_on(before: User, cleaned: dict[str, Any]) -> None:
    """Refuse to deactivate, or to take out of Support, who owns open cases (Q5)."""
    leaves = not cleaned.get("is_active")
    out = bool(before.role) and cleaned.get("role") == Role.NONE
    if leaves or out:
        with refusals("is_active" if leaves else "role"):
            refuse_if_owning(before)
            if leaves:
                refuse_if_last_of_departments(before)
    if out and QueueMembership.objects.filter(user=before).exists():
        raise ValidationError(
            {"role": "Take them out of their queues first: queues are worked in Support. (Q5)"}
        )


def require_administrator_left(before: User, cleaned: dict[str, Any]) -> None:
    """Refuse to leave the desk without an administrator (K7)."""
    stays = cleaned.get("is_active") and cleaned.get("role") == Role.ADMINISTRATOR
    if before.role != Role.ADMINISTRATOR or stays:
        return
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=before.pk)
    if not others.exists():
        raise ValidationError("They are the only administrator. Make somebody else one first. (K7)")


@admin.register(User)
class UserAdmin(DeskAdmin):
    form = UserForm
    list_display = ("name", "username", "email", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("name", "username", "email")
    fields = (
        "name", "username", "email", "role", "new_password", "is_active", "external_id",
        "mail_wanted", "mail_refused",
    )  # fmt: skip
    readonly_fields = ("mail_wanted", "mail_refused")  # each chooses for themself, on /me/

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody is deleted: what they did stays theirs."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Deactivating goes by its rule; a new password keeps one's own session."""
        before = User.objects.filter(pk=obj.pk).first()
        leaves = before is not None and before.is_active and not obj.is_active
        if before is not None and before.email != obj.email:
            obj.mail_refused = ""  # which was said of the other address
        password = form.cleaned_data["new_password"]
        if password:
            obj.set_password(password)
        elif before is None:
            obj.set_unusable_password()
        if leaves:
            obj.is_active = True
        super().save_model(request, obj, form, change)
        if leaves:
            obj.is_active = deactivate(obj, by=request.actor).is_active  # type: ignore[attr-defined]
        if password and obj.pk == request.user.pk:
            update_session_auth_hash(request, obj)
