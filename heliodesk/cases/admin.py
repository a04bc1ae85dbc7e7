"""Set-up data of cases. Cases themselves are never edited here: they change by their rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from heliodesk.cases.models import CaseSource, ClosedReason, RequestSubtype, RequestType
from heliodesk.core.desk_admin import DeskAdmin, DeskInline, SetUpForm


class RequestSubtypeForm(SetUpForm):
    """A subtype with the company's SOP and what it suggests (A1)."""

    class Meta:
        model = RequestSubtype
        fields = (
            "request_type", "name", "is_active", "position", "sop_text", "suggested_department",
            "suggested_reason",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The suggested reason is one of the suggested department's."""
        cleaned = super().clean() or self.cleaned_data
        department, reason = cleaned.get("suggested_department"), cleaned.get("suggested_reason")
        if reason is not None and reason.department_id != getattr(department, "pk", None):
            said = f"“{reason.name}” is a reason of {reason.department}. Choose that department."
            raise forms.ValidationError({"suggested_reason": f"{said} (A1)"})
        return cleaned


class RequestSubtypeInline(DeskInline):
    model = RequestSubtype
    fields = ("name", "is_active", "position")
    show_change_link = True


@admin.register(RequestType)
class RequestTypeAdmin(DeskAdmin):
    inlines = (RequestSubtypeInline,)
    list_display = ("name", "for_homeowner", "for_installer", "is_active", "position")
    list_filter = ("is_active",)


@admin.register(RequestSubtype)
class RequestSubtypeAdmin(DeskAdmin):
    form = RequestSubtypeForm
    list_display = ("name", "request_type", "suggested_department", "is_active", "position")
    list_filter = ("request_type", "suggested_department", "is_active")
    list_select_related = ("request_type", "suggested_department")
    search_fields = ("name", "sop_text")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A subtype stays with its type: cases refer to both (H4)."""
        return ("request_type",) if obj else ()


@admin.register(CaseSource)
class CaseSourceAdmin(DeskAdmin):
    list_display = ("name", "channel", "is_active", "position")


@admin.register(ClosedReason)
class ClosedReasonAdmin(DeskAdmin):
    list_display = ("name", "is_active", "is_case_voided", "set_by_system", "position")
    fields = ("name", "is_active", "position", "is_case_voided", "set_by_system")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Which reason is Case Voided (A6), and which only the system sets (X7), is fixed; these
        two are neither renamed nor retired."""
        marks = ("is_case_voided", "set_by_system")
        return ("name", "is_active", *marks) if is_fixed(obj) else marks

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The fixed ones stay."""
        return not is_fixed(obj) and super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Also among several that are chosen in the list."""
        deleted, counts, perms, protected = super().get_deleted_objects(objs, request)
        kept = [
            f"{obj} is fixed: the desk works with it (A6, X7)." for obj in objs if is_fixed(obj)
        ]
        return deleted, counts, perms, [*protected, *kept]


def is_fixed(reason: ClosedReason | None) -> bool:
    """Case Voided, and the reasons that only the system sets."""
    return reason is not None and (reason.is_case_voided or reason.set_by_system)
