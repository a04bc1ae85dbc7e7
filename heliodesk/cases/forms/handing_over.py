"""The form that hands several cases on (Q5)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from heliodesk.cases.forms.ownership import OwnerForm
from heliodesk.cases.models import Case


class HandOverForm(OwnerForm):
    """The cases, or all `count` of them that are the person's (`of`), their new owner, and the
    reason."""

    case = forms.ModelMultipleChoiceField(Case.objects.all(), label="Cases", required=False)
    every = forms.BooleanField(required=False)

    def __init__(self, *args: Any, of: QuerySet[Case], count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["escalation"]
        self.fields["reason"].widget.attrs["rows"] = 2
        self.fields["every"].label = f"All {count:,} open cases"
        self.of = of

    def clean(self) -> dict[str, Any]:
        """Some cases are selected, or all of the person's are meant."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("case") and not cleaned.get("every"):
            self.add_error("case", "Select the cases to hand on.")
        return cleaned

    def cases(self) -> QuerySet[Case]:
        """The cases to hand on."""
        selected: QuerySet[Case] = self.cleaned_data["case"]
        return self.of if self.cleaned_data["every"] else selected
