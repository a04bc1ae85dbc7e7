"""The form that closes a case (X1, X2)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.cases.models import ClosedReason
from heliodesk.core.forms import DeskForm, LongText
from heliodesk.core.numbers import whole


class TickedField(forms.TypedMultipleChoiceField):
    """The rows that were ticked in a list; the rule passes over those that are not of the case."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=lambda value: whole(value) or 0, **options)

    def valid_value(self, value: Any) -> bool:
        """Whatever is a number may be a row."""
        return whole(str(value)) is not None


class ClosingForm(DeskForm):
    """A Closed Reason of those offered, and an optional note; which of the assignments that are
    still open to withdraw, and why."""

    reason = forms.ModelChoiceField(
        ClosedReason.objects.filter(is_active=True, set_by_system=False),
        label="Closed Reason",
        required=False,
        empty_label="Choose …",
    )
    note = LongText(widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=10_000)
    withdraw = TickedField(required=False)
    withdrawal_note = forms.CharField(
        label="Why they are withdrawn", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
