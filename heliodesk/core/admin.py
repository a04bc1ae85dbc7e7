"""The record of changes, for administrators to read (K4). Nobody adds, changes or deletes in it."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from heliodesk.core.models import AuditEntry

if TYPE_CHECKING:
    # Django's classes take no type arguments at run time.
    EntryAdmin = admin.ModelAdmin[AuditEntry]
    EntryPages = Paginator[AuditEntry]
else:
    EntryAdmin = admin.ModelAdmin
    EntryPages = Paginator

READABLE = 10_000


class NewestEntries(EntryPages):
    """The newest entries only: counting all of a record that grows by every change is slow."""

    @cached_property
    def count(self) -> int:
        """How many there are, up to the limit."""
        entries = cast("QuerySet[AuditEntry]", self.object_list)
        return entries.order_by()[:READABLE].count()


@admin.register(AuditEntry)
class AuditEntryAdmin(EntryAdmin):
    """Who did what, when, from where; found by person, kind, or the ID of what it was done to."""

    list_display = ("at", "by", "kind", "subject_kind", "subject_id", "origin")
    list_select_related = ("by",)
    list_per_page = 50
    fields = ("at", "by", "origin", "kind", "subject_kind", "subject_id", "what_changed")
    readonly_fields = fields
    search_fields = ("kind", "by__username", "by__name", "=subject_id")
    search_help_text = "By person, kind of change, or the ID of what was changed"
    ordering = ("-id",)
    paginator = NewestEntries
    show_full_result_count = False

    @admin.display(description="Changes")
    def what_changed(self, entry: AuditEntry) -> SafeString:
        """Old and new values."""
        return format_html("<pre>{}</pre>", json.dumps(entry.changes, indent=2, ensure_ascii=False))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the rules write here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
