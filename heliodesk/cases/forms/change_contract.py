"""The form that changes a case's contract (H8)."""

from __future__ import annotations

from django import forms

from heliodesk.cases.forms.homeowner_case import PartiesFields
from heliodesk.core.forms import DeskForm


class ChangeContractForm(PartiesFields, DeskForm):
    """The new contract with contact and installer chosen anew; `seen_contract` says which one the
    case had when the form was made (K2)."""

    contract = forms.CharField(widget=forms.HiddenInput, max_length=40)
    seen_contract = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
