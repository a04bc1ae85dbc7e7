"""The form that sets Jira up (J1)."""

from __future__ import annotations

from django import forms

from heliodesk.core.forms import DeskForm
from heliodesk.integrations.jira.models import JiraSettings, Kind
from heliodesk.integrations.jira.rules.set_up import Wanted


class SetUpForm(DeskForm):
    """Which Jira, and how to come in. A token that is kept is not shown."""

    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.CLOUD)
    base_url = forms.CharField(
        label="Address",
        max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"required": "Give Jira's address."},
    )
    email = forms.CharField(
        label="Email of the account",
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )
    token = forms.CharField(
        label="Token",
        max_length=2000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    projects = forms.CharField(
        label="Only tickets of these projects",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_active = forms.BooleanField(label="In use", required=False, initial=True)

    @classmethod
    def showing(cls, kept: JiraSettings | None) -> SetUpForm:
        """The form with what is kept, but for the token."""
        if kept is None:
            return cls()
        names = ("kind", "base_url", "email", "projects", "is_active")
        return cls(initial={name: getattr(kept, name) for name in names})

    @property
    def wanted(self) -> Wanted:
        """What was entered."""
        names = ("kind", "base_url", "email", "token", "projects", "is_active")
        return Wanted(**{name: self.cleaned_data[name] for name in names})
