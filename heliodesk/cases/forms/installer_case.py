"""The form of a new installer case (N2, N3, N4)."""

from __future__ import annotations

from django import forms

from heliodesk.cases.forms.opening import CHOOSE, IdField, NewCaseForm
from heliodesk.cases.queries.choices import Choices


class InstallerCaseForm(NewCaseForm):
    """A contact of the Org, or a sales rep by name and email; and the job, if it is about one."""

    contact = IdField("Contact Name", required=False)
    sales_rep_name = forms.CharField(label="Sales rep's name", required=False, max_length=160)
    sales_rep_email = forms.EmailField(label="Sales rep's email", required=False)
    add_sales_rep = forms.BooleanField(
        label="Create the contact record from them", required=False, initial=True
    )
    job_id = forms.CharField(label="Job ID", required=False, max_length=40)

    def offer_contacts(self, offered: Choices, *, org_id: int) -> None:
        """The contacts of the Org."""
        self.put("contact", [*CHOOSE, *offered.contacts.get(org_id, [])])
