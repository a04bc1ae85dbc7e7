"""Adding a contact within another form, when nobody on record fits (D1)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.directory.models import ContactRole


class NewContactFields(forms.Form):
    """Name, role, phone and email of a person to add."""

    new_contact_name = forms.CharField(label="Name", required=False, max_length=160)
    new_contact_role = forms.ChoiceField(
        label="Role", required=False, choices=ContactRole.choices, initial=ContactRole.OTHER
    )
    new_contact_phone = forms.CharField(label="Phone", required=False, max_length=40)
    new_contact_email = forms.EmailField(label="Email", required=False)

    @property
    def new_contact(self) -> dict[str, Any] | None:
        """The values for a new contact; None where no name was given."""
        given = self.cleaned_data
        if not given.get("new_contact_name"):
            return None
        return {
            "name": given["new_contact_name"],
            "role": given.get("new_contact_role") or ContactRole.OTHER,
            "phone": given.get("new_contact_phone", ""),
            "email": given.get("new_contact_email", ""),
        }
