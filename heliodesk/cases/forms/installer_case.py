"""The form of a new installer case (N2, N3, N4)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.cases.forms.opening import NewCaseForm
from heliodesk.core.picking import PickField, put_source
from heliodesk.directory.queries.picking import Contacts


class InstallerCaseForm(NewCaseForm):
    """A contact of the Org, or a sales rep by name and email; and the job, if it is about one."""

    contact = PickField("Contact Name", keys=True, required=False)
    sales_rep_name = forms.CharField(label="Sales rep's name", required=False, max_length=160)
    sales_rep_email = forms.EmailField(label="Sales rep's email", required=False)
    add_sales_rep = forms.BooleanField(
        label="Create the contact record from them", required=False, initial=True
    )
    job_id = forms.CharField(label="Job ID", required=False, max_length=40)

    def __init__(self, *args: Any, org_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_source(self, "contact", Contacts(org_id))
