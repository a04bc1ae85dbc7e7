"""Contacts to choose from that depend on what else is chosen in the form (H4)."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from heliodesk.core.numbers import whole
from heliodesk.core.picking import Choice
from heliodesk.directory.models import Account
from heliodesk.directory.queries.picking import Contacts


@dataclass(frozen=True, slots=True)
class ContactsOfInstaller:
    """The contacts of the installer that stands in the form; of `installer_id` where it has no
    such field. `standing` is the key of the contact who stands there already."""

    form: forms.BaseForm
    installer_id: int | None = None
    standing: int | None = None
    nothing: str = "This installer has no contact called “{}”. Type a part of the name, and choose."

    @property
    def address(self) -> str:
        """Where they are found while one types."""
        return self._now().address

    def find(self, typed: str) -> list[Choice]:
        """Whose name, email or phone has every word; one statement."""
        return self._now().find(typed)

    def get(self, value: str) -> Choice | None:
        """The contact with this ID; one statement. One of another account is none."""
        return self._now().get(value)

    def _now(self) -> Contacts:
        return Contacts(self._chosen() or self.installer_id or 0, self.standing)

    def _chosen(self) -> int | None:
        if "installer" not in self.form.fields:
            return None
        found = getattr(self.form, "cleaned_data", {}).get("installer")
        key = found.pk if isinstance(found, Account) else found
        return key or whole(self.form["installer"].value())
