"""The form that closes a case (X1, X2)."""

from __future__ import annotations

from django import forms

from heliodesk.cases.models import ClosedReason
from heliodesk.core.forms import DeskForm


class ClosingForm(DeskForm):
    """A Closed Reason of those offered, and an optional note; which of the assignments that are
    still open to withdraw, and why."""

    reason = forms.ModelChoiceField(
        ClosedReason.objects.filter(is_active=True, set_by_system=False),
        label="Closed Reason",
        required=False,
        empty_label="Choose …",
    )
    note = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=10_000
    )
    withdraw = forms.TypedMultipleChoiceField(coerce=int, required=False)
    withdrawal_note = forms.CharField(
        label="Why they are withdrawn",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=10_000,
    )

    def offer(self, standing: Iterable[int]) -> None:
        """The assignments that may be ticked; others have ended and are passed over."""
        self.fields["withdraw"].choices = [(pk, pk) for pk in standing]  # type: ignore[attr-defined]
