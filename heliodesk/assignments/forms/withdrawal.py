"""The forms that withdraw assignments: one, or what is still open when a case is voided."""

from __future__ import annotations

from django import forms

from heliodesk.core.forms import DeskForm


class WithdrawalForm(DeskForm):
    """Why the assignment is withdrawn, for whoever has it; may stay empty (A4)."""

    note = forms.CharField(
        label="Why it is withdrawn", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )


class VoidingForm(DeskForm):
    """A note on the closing as Case Voided, and whether to withdraw what is still open (A6)."""

    withdraw_rest = forms.BooleanField(label="Withdraw what is still open", required=False)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
