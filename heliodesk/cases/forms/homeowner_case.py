"""The form of a new homeowner case (H4)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.cases.forms.new_contact import NewContactFields
from heliodesk.cases.forms.opening import CHOOSE, IdField, NewCaseForm
from heliodesk.cases.forms.picking import ContactsOfInstaller
from heliodesk.cases.queries.choices import Choices
from heliodesk.core.picking import PickField, put_source
from heliodesk.directory.queries.picking import Orgs


class PartiesFields(NewContactFields):
    """Contact, installer and installer contact, and the yes of H3; a person to add."""

    contact = IdField("Contact Name", required=False)
    installer = PickField(
        "Associated Installer",
        source=Orgs(),
        keys=True,
        error_messages={"required": "Choose Associated Installer."},
    )
    installer_contact = PickField(
        "Installer Contact Name", keys=True, required=False, empty="Nobody"
    )
    cancelled_contract_confirmed = forms.BooleanField(
        label="Yes, this is the intended action", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_source(self, "installer_contact", ContactsOfInstaller(self))

    def clean(self) -> dict[str, Any]:
        """A contact has to be chosen or added."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("contact") and not cleaned.get("new_contact_name"):
            self.add_error("contact", "Choose Contact Name, or add the person as a contact.")
        return cleaned

    def offer_people(self, offered: Choices, *, account_id: int) -> None:
        """The homeowner's contacts."""
        people = offered.contacts.get(account_id, [])
        self.fields["contact"].widget.choices = [*CHOOSE, *people]


class HomeownerCaseForm(PartiesFields, NewCaseForm):
    """A new case under a contract."""
