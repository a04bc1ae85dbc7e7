"""The form of a new homeowner case (H4)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.cases.forms.new_contact import NewContactFields
from heliodesk.cases.forms.opening import CHOOSE, IdField, NewCaseForm
from heliodesk.cases.queries.choices import Choices


class PartiesFields(NewContactFields):
    """Contact, installer and installer contact, and the yes of H3; a person to add."""

    contact = IdField("Contact Name", required=False)
    installer = IdField("Associated Installer")
    installer_contact = IdField("Installer Contact Name", required=False)
    cancelled_contract_confirmed = forms.BooleanField(
        label="Yes, this is the intended action", required=False
    )

    def clean(self) -> dict[str, Any]:
        """A contact has to be chosen or added."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("contact") and not cleaned.get("new_contact_name"):
            self.add_error("contact", "Choose Contact Name, or add the person as a contact.")
        return cleaned

    def offer_parties(self, offered: Choices, *, account_id: int, installer_id: int | None) -> None:
        """The homeowner's contacts, all Orgs, and the contacts of the installer."""
        people = offered.contacts.get(account_id, [])
        of_installer = offered.contacts.get(installer_id or 0, [])
        for name, options in (
            ("contact", [*CHOOSE, *people]),
            ("installer", [*CHOOSE, *offered.orgs]),
            ("installer_contact", [("", "Nobody"), *of_installer]),
        ):
            self.fields[name].widget.choices = options


class HomeownerCaseForm(PartiesFields, NewCaseForm):
    """A new case under a contract."""
