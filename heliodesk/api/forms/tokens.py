"""The form of a new token (K1)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from heliodesk.api.models import Scope
from heliodesk.core import clock
from heliodesk.core.forms import DeskForm, offer_rows
from heliodesk.people.models import User


class TokenForm(DeskForm):
    """What it is for, what it may, and until when."""

    name = forms.CharField(max_length=80, label="What is it for?")
    scope = forms.ChoiceField(choices=Scope.choices, initial=Scope.READ, label="What may it do?")
    expires = forms.DateField(
        required=False,
        label="Until",
        help_text="The last day on which it works. Without one, until it is withdrawn.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    @property
    def expires_at(self) -> datetime | None:
        """The end of that day, in the desk's zone."""
        day = self.cleaned_data.get("expires")
        return clock.local(datetime.combine(day + timedelta(days=1), time())) if day else None


class ServiceTokenForm(TokenForm):
    """The same for a service: somebody who cannot sign in."""

    service = forms.ModelChoiceField(User.objects.none(), label="Service", empty_label="Choose …")
    field_order = ("service", "name", "scope", "expires")

    def __init__(self, *args: Any, services: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "service", services)
        self.has_services: bool = services.exists()
