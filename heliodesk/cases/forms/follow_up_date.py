"""The form of the follow-up date (W1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms

from heliodesk.cases.models import Case
from heliodesk.core import clock
from heliodesk.core.forms import DeskForm

FORMAT = "%Y-%m-%dT%H:%M"


class FollowUpDateForm(DeskForm):
    """When, in the desk's time zone, and what for."""

    at = forms.DateTimeField(
        label="Come back to it at",
        input_formats=[FORMAT, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMAT),
        error_messages={"invalid": "Write the date and the time, such as 2027-01-31 09:30."},
    )
    what_for = forms.CharField(label="What for", max_length=200)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "at": case.follow_up_at or tomorrow_morning(),
            "what_for": case.follow_up_for,
        } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


def tomorrow_morning() -> datetime:
    """Nine o'clock of the next day that is no Saturday or Sunday."""
    day = clock.local(clock.now()) + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)
