"""Departments: members, topics, follow-up contacts, and what they are asked for (A1, F1)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.forms import ValidationError
from django.http import HttpRequest

from heliodesk.core.desk_admin import DeskAdmin, DeskInline, RowsBase, SetUpForm, refusals
from heliodesk.people.models import (
    Department,
    DepartmentMembership,
    FollowUpContact,
    ReferralReason,
    ReferralSubtype,
    Topic,
    User,
)
from heliodesk.people.rules.leaving import leave_department, refuse_if_department_is_asked


class FollowUpContactForm(SetUpForm):
    """Whom a follow-up tags."""

    class Meta:
        model = FollowUpContact
        fields = ("user", "topic", "position")

    def clean(self) -> dict[str, Any]:
        """The topic is one of this department."""
        cleaned = super().clean() or self.cleaned_data
        topic: Topic | None = cleaned.get("topic")
        if topic is not None and topic.department_id != self.instance.department_id:
            raise ValidationError({"topic": "Choose a topic of this department. (F1)"})
        return cleaned


class PersonInline(DeskInline):
    """Rows that name a person."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        """Active people by name."""
        if db_field.name == "user":
            options["queryset"] = User.objects.filter(is_active=True).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **options)


class MemberSet(RowsBase):
    """The members of a department, in one form."""

    def clean(self) -> None:
        """Refuse to let the last active member go while assignments stand with it (A4)."""
        super().clean()
        staying = {
            form.cleaned_data["user"].pk
            for form in self.forms
            if form not in self.deleted_forms and form.cleaned_data.get("user")
        }
        if self.instance.pk and not User.objects.filter(pk__in=staying, is_active=True).exists():
            with refusals():
                refuse_if_department_is_asked(self.instance)


class MemberInline(PersonInline):
    model = DepartmentMembership
    formset = MemberSet
    verbose_name = "member"


class TopicInline(DeskInline):
    model = Topic


class FollowUpContactInline(PersonInline):
    model = FollowUpContact
    form = FollowUpContactForm

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        """The topics of the department that is edited."""
        match = request.resolver_match
        if db_field.name == "topic":
            options["queryset"] = Topic.objects.filter(
                department=match.kwargs.get("object_id") if match else None
            )
        return super().formfield_for_foreignkey(db_field, request, **options)


class DepartmentForm(SetUpForm):
    """A department; one that is asked for something is not retired (A4)."""

    def clean_is_active(self) -> bool:
        """Refuse to retire it while assignments stand with it."""
        active: bool = self.cleaned_data["is_active"]
        if self.instance.pk and not active:
            with refusals():
                refuse_if_department_is_asked(self.instance)
        return active


@admin.register(Department)
class DepartmentAdmin(DeskAdmin):
    form = DepartmentForm
    inlines = (MemberInline, TopicInline, FollowUpContactInline)
    list_display = ("name", "is_active", "wants_managers", "voids_case", "position")
    fields = (
        "name", "slug", "description", "is_active", "position", "wants_managers", "voids_case",
        "follow_up_all",
    )  # fmt: skip
    prepopulated_fields = {"slug": ("name",)}

    def remove_row(self, request: HttpRequest, obj: Any) -> None:
        """A member leaves by the rule; topics and contacts are taken away."""
        if isinstance(obj, DepartmentMembership):
            leave_department(obj, by=request.actor)  # type: ignore[attr-defined]
        else:
            super().remove_row(request, obj)


class ReferralSubtypeInline(DeskInline):
    model = ReferralSubtype


@admin.register(ReferralReason)
class ReferralReasonAdmin(DeskAdmin):
    inlines = (ReferralSubtypeInline,)
    list_display = ("name", "department", "is_active", "position")
    list_filter = ("department", "is_active")
    list_select_related = ("department",)
    search_fields = ("name",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A reason stays with its department: assignments refer to both."""
        return ("department",) if obj else ()
