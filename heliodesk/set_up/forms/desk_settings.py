"""The form of the desk's settings."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from heliodesk.core.forms import LongText
from heliodesk.core.picking import PickField, put_source
from heliodesk.directory.forms.keeping import Groups, KeepingForm
from heliodesk.people.models import DeskSettings
from heliodesk.set_up.queries.picking import escalation_people


def hours(label: str, help_text: str) -> forms.IntegerField:
    """A number of hours; the rule knows the bounds."""
    return forms.IntegerField(label=label, help_text=help_text)


class DeskSettingsForm(KeepingForm):
    """All settings that have a page of no other kind."""

    groups: ClassVar[Groups] = [
        ("Reviewing and reopening", [
            ("review_interval_hours", "half"), ("reopening_window_hours", "half"),
        ]),
        ("Case assignments", [
            ("follow_up_hours", "half"), ("overdue_hours", "half"), ("escalation_contact", ""),
        ]),
        ("Escalations", [("escalation_text", "")]),
        ("Files", [("file_size_limit_mb", "half"), ("refused_file_types", "")]),
        ("Mail and lists", [("digest_hour", "half"), ("support_exports", "")]),
    ]  # fmt: skip

    review_interval_hours = hours(
        "Review interval, hours", "Older than that, the latest review makes a case due (L7)."
    )
    reopening_window_hours = hours(
        "Reopening window, hours", "How long after closing a case may be reopened (X4)."
    )
    follow_up_hours = hours(
        "Follow-up unanswered, hours", "Then the escalation contact is tagged (F3)."
    )
    overdue_hours = hours(
        "Assignment overdue, hours", "Without a word or act of its department (F4)."
    )
    escalation_contact = PickField(
        required=False,
        empty="Nobody",
        help_text="Tagged when a follow-up stays unanswered; one for the whole desk (F3).",
    )
    escalation_text = LongText(
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Shown to whoever hands a case over as an escalation (Q2). Markdown.",
    )
    file_size_limit_mb = forms.IntegerField(
        label="Largest file, MB", help_text="That may be put on a case (G1)."
    )
    refused_file_types = forms.CharField(
        required=False, help_text="File name endings, separated by spaces (G1)."
    )
    digest_hour = forms.TypedChoiceField(
        label="Daily digest at",
        coerce=int,
        choices=[(hour, f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}") for hour in range(24)],
        help_text="In the desk's time zone (C2).",
    )
    support_exports = forms.BooleanField(
        required=False,
        label="Everybody in Support exports lists",
        help_text="Not ticked, only supervisors and administrators (V3).",
    )

    def __init__(self, *args: Any, contact_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_source(self, "escalation_contact", escalation_people(standing=contact_id))


def known() -> list[str]:
    """The settings that the form is over."""
    names = [name for _, fields in DeskSettingsForm.groups for name, _ in fields]
    return [name for name in names if hasattr(DeskSettings, name)]
