"""The forms of what is done to several cases: those of the single acts, with the selection."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from heliodesk.bulk.models import Act
from heliodesk.bulk.selection import Selection
from heliodesk.cases.forms.ownership import OwnerForm
from heliodesk.cases.models import ClosedReason, Priority
from heliodesk.core.forms import DeskForm, LongText
from heliodesk.core.numbers import whole

NOTE_LIMIT = 10_000  # characters


class BulkForm(DeskForm):
    """The act, over which cases, how many the person was told of, and where it came from."""

    act = forms.CharField(widget=forms.HiddenInput, max_length=20)
    cases = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
    everything = forms.BooleanField(widget=forms.HiddenInput, required=False)
    filter = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8_000)
    again_of = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**62)
    rest_of = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**62)
    confirmed = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**31)
    back = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8_000)

    def arguments(self) -> dict[str, Any]:
        """Those of the single act."""
        of_selection = {*BulkForm.base_fields, "escalation"}
        return {
            name: self.cleaned_data.get(name) for name in self.fields if name not in of_selection
        }


class BulkOwnerForm(OwnerForm, BulkForm):
    """A new owner, and the reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["escalation"]


class BulkClosingForm(BulkForm):
    """A Closed Reason, and a note on each."""

    reason = forms.ModelChoiceField(
        ClosedReason.objects.filter(is_active=True, set_by_system=False),
        label="Closed Reason",
        required=False,
        empty_label="Choose …",
    )
    note = LongText(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=NOTE_LIMIT)


class BulkPriorityForm(BulkForm):
    """Normal or High."""

    priority = forms.ChoiceField(
        choices=Priority.offered(), widget=forms.RadioSelect, required=False, label="Priority"
    )


FORMS: dict[str, type[BulkForm]] = {
    Act.OWNER: BulkOwnerForm,
    Act.TAKE: BulkForm,
    Act.CLOSE: BulkClosingForm,
    Act.PRIORITY: BulkPriorityForm,
}


def numbers_of(text: str) -> tuple[int, ...]:
    """The case numbers in a text, each once, in their order."""
    found = (whole(word) for word in re.split(r"[\s,.]+", text))
    return tuple(dict.fromkeys(number for number in found if number is not None))


def selection_of(cleaned: dict[str, Any]) -> Selection:
    """The selection that a sent form names."""
    if cleaned.get("again_of"):
        return Selection(again_of=cleaned["again_of"])
    if cleaned.get("rest_of"):
        return Selection(rest_of=cleaned["rest_of"])
    if cleaned.get("everything"):
        return Selection(query=cleaned.get("filter", ""), everything=True)
    return Selection(numbers=numbers_of(cleaned.get("cases", "")))
