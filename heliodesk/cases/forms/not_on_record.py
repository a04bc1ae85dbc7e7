"""The form of a case of a homeowner who is not on record (N5)."""

from __future__ import annotations

from django import forms

from heliodesk.cases.forms.opening import NewCaseForm


class NotOnRecordForm(NewCaseForm):
    """Who the homeowner is, how to reach them and where; and whether the queue gets the case."""

    name = forms.CharField(
        label="Homeowner's name",
        max_length=200,
        error_messages={"required": "Give the homeowner's name."},
    )
    phone = forms.CharField(label="Phone", required=False, max_length=40)
    email = forms.EmailField(label="Email", required=False)
    property_address = forms.CharField(
        label="Property address",
        max_length=400,
        error_messages={"required": "Give the property address."},
    )
    hand_over = forms.BooleanField(
        label="Hand it to the homeowner back-office queue", required=False, initial=True
    )
