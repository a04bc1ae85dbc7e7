"""The form of a quick text (W3)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.core.forms import DeskForm, LongText


class QuickTextForm(DeskForm):
    """Name and text, and whether the whole desk has it."""

    name = forms.CharField(max_length=80)
    text = LongText(widget=forms.Textarea(attrs={"rows": 8}), max_length=4000)
    shared = forms.BooleanField(required=False, label="Shared with the whole desk")

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["shared"]


class DeletionForm(DeskForm):
    """Sent once."""
