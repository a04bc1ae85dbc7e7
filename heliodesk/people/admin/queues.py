"""Queues and who works them (Q3, Q5)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.http import HttpRequest

from heliodesk.core.desk_admin import DeskAdmin, DeskInline, RowsBase, SetUpForm, refusals
from heliodesk.people.models import Queue, QueueMembership, Role, User
from heliodesk.people.rules.leaving import leave_queue, refuse_if_queue_owns


class MemberSet(RowsBase):
    """The members of a queue, in one form."""

    def clean(self) -> None:
        """Refuse to let the last active member go while the queue owns cases (Q5)."""
        super().clean()
        staying = {
            form.cleaned_data["user"].pk
            for form in self.forms
            if form not in self.deleted_forms and form.cleaned_data.get("user")
        }
        if self.instance.pk and not User.objects.filter(pk__in=staying, is_active=True).exists():
            with refusals():
                refuse_if_queue_owns(self.instance)


class MemberInline(DeskInline):
    model = QueueMembership
    formset = MemberSet
    verbose_name = "member"

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        """Only Support works a queue."""
        if db_field.name == "user":
            options["queryset"] = User.objects.exclude(role=Role.NONE).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **options)


class QueueForm(SetUpForm):
    """A queue; one that owns open cases is not retired (Q5)."""

    class Meta:
        model = Queue
        fields = ("name", "slug", "case_type", "is_active", "position")

    def clean_is_active(self) -> bool:
        """Refuse to retire a queue that owns open cases."""
        active: bool = self.cleaned_data["is_active"]
        if self.instance.pk and not active:
            try:
                with refusals():
                    refuse_if_queue_owns(self.instance)
            except ValidationError as error:
                raise forms.ValidationError(error.messages) from error
        return active


@admin.register(Queue)
class QueueAdmin(DeskAdmin):
    form = QueueForm
    inlines = (MemberInline,)
    list_display = ("name", "case_type", "is_active", "position")
    prepopulated_fields = {"slug": ("name",)}

    def remove_row(self, request: HttpRequest, obj: QueueMembership) -> None:
        """A member leaves by the rule."""
        leave_queue(obj, by=request.actor)  # type: ignore[attr-defined]
