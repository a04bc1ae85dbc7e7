"""The settings of the desk: one row."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from heliodesk.core.desk_admin import DeskAdmin, SetUpForm
from heliodesk.people.models import DeskSettings, User

ENDING = re.compile(r"[a-z0-9]{1,12}(\.[a-z0-9]{1,12})?")


class DeskSettingsForm(SetUpForm):
    """The settings; refused file types are written one way."""

    class Meta:
        model = DeskSettings
        fields = (
            "review_interval_hours", "reopening_window_hours", "follow_up_hours",
            "overdue_hours", "digest_hour", "file_size_limit_mb", "refused_file_types",
            "support_exports", "escalation_text", "escalation_contact",
        )  # fmt: skip

    def clean_refused_file_types(self) -> str:
        """File name endings, lower case, without dots in front; refuses what is none."""
        typed: str = self.cleaned_data["refused_file_types"]
        endings = [
            one.lower().lstrip(".").removeprefix("*.") for one in re.split(r"[\s,;]+", typed) if one
        ]
        wrong = [one for one in endings if not ENDING.fullmatch(one)]
        if wrong:
            raise forms.ValidationError(
                f"Not a file name ending: {', '.join(wrong)}. Write them like: exe bat js. (G1)"
            )
        return " ".join(dict.fromkeys(endings))


@admin.register(DeskSettings)
class DeskSettingsAdmin(DeskAdmin):
    form = DeskSettingsForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one row, always."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The row stays."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Straight to the one row, with the defaults where nobody has set any."""
        DeskSettings.objects.get_or_create(pk=1)
        return redirect("admin:people_desksettings_change", "1")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        """Somebody who is active takes what stays unanswered (F3)."""
        options["queryset"] = User.objects.filter(is_active=True).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **options)
