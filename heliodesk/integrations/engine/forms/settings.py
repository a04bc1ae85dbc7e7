"""The form of Engine's settings (E2)."""

from __future__ import annotations

from django import forms

from heliodesk.core.forms import DeskForm


class EngineSettingsForm(DeskForm):
    """Where Engine is, and the desk's token there, which is never shown again."""

    address = forms.CharField(
        label="Address",
        required=False,
        max_length=300,
        help_text="Where Engine's interface begins. Empty: comments are to be posted by hand.",
        widget=forms.TextInput(
            attrs={"placeholder": "https://engine.example.com/api", "inputmode": "url"}
        ),
    )
    token = forms.CharField(
        label="Token",
        required=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    is_active = forms.BooleanField(
        label="In use",
        required=False,
        initial=True,
        help_text="Not ticked, comments are to be posted by hand.",
    )
