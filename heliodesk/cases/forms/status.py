"""The form that sets a status by hand (S2)."""

from __future__ import annotations

from django import forms

from heliodesk.cases.models import Status
from heliodesk.cases.rules.status import BY_HAND
from heliodesk.core.forms import DeskForm


class StatusForm(DeskForm):
    """One of the two; the rule says why not another."""

    status = forms.CharField(
        widget=forms.RadioSelect(choices=[(key, Status(key).label) for key in BY_HAND]),
        required=False,
    )
