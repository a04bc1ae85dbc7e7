"""The forms over what people choose from: types, reasons, sources (H4, X1, A1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from heliodesk.cases.models import CaseSource
from heliodesk.core.forms import DeskForm, LongText, offer_rows
from heliodesk.directory.forms.keeping import Groups, KeepingForm
from heliodesk.people.models import Department, ReferralReason


class NameForm(KeepingForm):
    """A choice that is a name alone."""

    groups: ClassVar[Groups] = [("", [("name", "")])]
    name = forms.CharField(required=False, widget=forms.TextInput({"required": True}))


class RequestTypeForm(NameForm):
    """A request type, and the cases on which it is offered."""

    groups: ClassVar[Groups] = [
        ("", [("name", "")]),
        ("Offered on", [("for_homeowner", ""), ("for_installer", "")]),
    ]
    for_homeowner = forms.BooleanField(required=False, label="Homeowner cases")
    for_installer = forms.BooleanField(required=False, label="Installer cases")


class RequestSubtypeForm(NameForm):
    """A request subtype, with the SOP and what it suggests."""

    groups: ClassVar[Groups] = [
        ("", [("name", "")]),
        ("SOP", [("sop_text", ""), ("suggested_department", "half"), ("suggested_reason", "half")]),
    ]
    sop_text = LongText(
        label="SOP text",
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text="Shown to whoever asks a department about such a case. Markdown.",
    )
    suggested_department = forms.ModelChoiceField(
        Department.objects.none(), required=False, empty_label="None"
    )
    suggested_reason = forms.ModelChoiceField(ReferralReason.objects.none(), required=False)

    def __init__(self, *args: Any, departments: Any, reasons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "suggested_department", departments)
        offer_rows(self, "suggested_reason", reasons)


class CaseSourceForm(NameForm):
    """A case source, and the channel that it is chosen for."""

    groups: ClassVar[Groups] = [("", [("name", ""), ("channel", "")])]
    channel = forms.ChoiceField(
        required=False,
        label="Chosen after an interaction by",
        choices=[
            ("", "No channel: chosen by hand"),
            *CaseSource._meta.get_field("channel").choices,
        ],  # type: ignore[misc]  # None in the stubs, but not of this field
    )


class PlaceForm(DeskForm):
    """Beside which one of the list it is put: `before` or `after` holds that one's ID."""

    before = forms.IntegerField(required=False, min_value=1)
    after = forms.IntegerField(required=False, min_value=1)


class SentForm(DeskForm):
    """Nothing to fill in."""
