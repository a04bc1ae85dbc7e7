"""The form that closes a case (X1)."""

from __future__ import annotations

from django import forms

from heliodesk.cases.models import ClosedReason
from heliodesk.core.forms import DeskForm


class ClosingForm(DeskForm):
    """A Closed Reason of those offered, and an optional note."""

    reason = forms.ModelChoiceField(
        ClosedReason.objects.filter(is_active=True, set_by_system=False),
        label="Closed Reason",
        required=False,
        empty_label="Choose …",
    )
    note = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=10_000
    )
