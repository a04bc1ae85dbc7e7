"""The forms that end an assignment (A4). The rules say what is missing."""

from __future__ import annotations

from django import forms

from heliodesk.core.forms import DeskForm


class EndingForm(DeskForm):
    """Where the form was opened from; what is written is in the form of each ending."""

    back = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)


class CompletionForm(EndingForm):
    """What was done."""

    resolution = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text="What was done, and what Support tells the customer. It stands in the case's "
        "feed.",
    )


class RefusalForm(EndingForm):
    """Why it is rejected or returned."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text="So that Support knows whom to ask instead, or what is missing. It stands in "
        "the case's feed.",
    )
