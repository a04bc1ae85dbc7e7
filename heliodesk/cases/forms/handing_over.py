"""The form that hands several cases on (Q5)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.cases.forms.ownership import OwnerForm
from heliodesk.cases.models import Case


class HandOverForm(OwnerForm):
    """The cases, their new owner, and the reason."""

    case = forms.ModelMultipleChoiceField(
        Case.objects.all(),
        label="Cases",
        error_messages={"required": "Select the cases to hand on."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["escalation"]
        self.fields["reason"].widget.attrs["rows"] = 2
