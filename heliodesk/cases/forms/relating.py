"""The form that links a related case (W2)."""

from __future__ import annotations

from django import forms

from heliodesk.core.forms import DeskForm


class RelatedForm(DeskForm):
    """A case number; proposed by number, customer or address while one types."""

    other = forms.CharField(label="Case", max_length=20)
