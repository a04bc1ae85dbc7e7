"""The form of who comes in by an invitation (K1)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.core.forms import DeskForm


class AcceptForm(DeskForm):
    """A password, twice: nobody sees what they type."""

    password = forms.CharField(strip=False, max_length=200, label="Choose a password")
    again = forms.CharField(strip=False, max_length=200, label="The same again")

    def clean(self) -> dict[str, Any]:
        """The two are the same."""
        cleaned = super().clean() or self.cleaned_data
        first, again = cleaned.get("password"), cleaned.get("again")
        if first and again and first != again:
            self.add_error("again", "The two are not the same.")
        return cleaned
