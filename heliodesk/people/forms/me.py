"""The form of one's own settings."""

from __future__ import annotations

from django import forms

from heliodesk.core.forms import DeskForm
from heliodesk.people.models import MailWanted


class MeForm(DeskForm):
    """The name that others see, and which notices come by mail."""

    name = forms.CharField(
        max_length=120,
        required=False,
        label="Name",
        help_text="As others see it in feeds and lists.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    mail_wanted = forms.ChoiceField(
        choices=MailWanted.choices, widget=forms.RadioSelect, label="Notices by mail"
    )
