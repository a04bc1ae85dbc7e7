"""The forms of personal data."""

from __future__ import annotations

from django import forms

from heliodesk.core.forms import DeskForm
from heliodesk.personal_data.rules.retention import LONGEST


class ErasureForm(DeskForm):
    """A deliberate yes: the name of the account."""

    typed = forms.CharField(
        max_length=200,
        label="Name of the account",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RetentionForm(DeskForm):
    """After how many months; empty: never by itself."""

    months = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LONGEST,
        label="Months after the last case was closed",
        help_text="Empty: nobody is erased by itself.",
    )
