"""The form of a directory's files (D1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from heliodesk.core.forms import DeskForm

LARGEST = 50 * 1024 * 1024  # bytes of all files together
FILES = {"accounts": "Account.csv", "contacts": "Contact.csv", "contracts": "Contract.csv"}


def csv_file(words: str) -> forms.FileField:
    """One of the files."""
    widget = forms.FileInput({"accept": ".csv,text/csv"})
    return forms.FileField(required=False, help_text=words, widget=widget)


class ImportForm(DeskForm):
    """The CSV files of accounts, contacts and contracts, any of them."""

    accounts = csv_file("Installers (Orgs) and homeowners: at least an ID and a name.")
    contacts = csv_file("People: at least an ID, the account's ID and a name.")
    contracts = csv_file("At least the contract ID and the homeowner's account ID.")

    def clean(self) -> dict[str, Any]:
        """At least one file, and no more than a request can bring in while one waits."""
        given = [file.size for _, file in self.chosen()]
        if not given and not self.errors:
            raise forms.ValidationError("Choose at least one file. (D1)")
        if sum(given) > LARGEST:
            raise forms.ValidationError(
                f"The files have more than {LARGEST // 1024**2} MB. Whoever runs the server brings "
                "them in by “heliodesk import directory”. (D1)"
            )
        return self.cleaned_data

    def chosen(self) -> Iterator[tuple[str, Any]]:
        """The name each file is kept under, and the file."""
        for field, name in FILES.items():
            if self.cleaned_data.get(field):
                yield name, self.cleaned_data[field]
