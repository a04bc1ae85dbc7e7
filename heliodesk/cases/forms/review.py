"""The form of Log Review (L2, L3)."""

from __future__ import annotations

from django import forms

from heliodesk.core.forms import DeskForm


class ReviewForm(DeskForm):
    """The comments, as they are typed: the rule counts them."""

    comments = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 9}), required=False, strip=False
    )
