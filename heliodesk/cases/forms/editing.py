"""The form that edits a case's fields, with what was seen of each (H4, K2)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from heliodesk.cases.forms.picking import ContactsOfInstaller
from heliodesk.cases.models import Case, CaseSource, CaseType, Priority, RequestSubtype, RequestType
from heliodesk.cases.rules.case_fields import LABELS, standing
from heliodesk.cases.rules.collisions import PAIRS, Collision
from heliodesk.cases.rules.editing import editable
from heliodesk.core.forms import DeskForm, LongText
from heliodesk.core.picking import PickField, sent_names
from heliodesk.core.refusal import Refused
from heliodesk.directory.queries.picking import Contacts, Orgs

#: The groups of the case page, each edited by itself: what one person changes in one of them is
#: not in the way of another who changes something else.
GROUPS = {
    "customer": ("contact", "customer_name", "customer_phone", "customer_email",
                 "sales_rep_name", "sales_rep_email"),
    "installer": ("installer", "installer_contact", "job_id"),
    "request": ("request_type", "request_subtype", "priority", "source", "description"),
}  # fmt: skip
#: What is edited where it stands: a field alone, or with the one that it holds together with.
UNITS = {
    name: next((pair for pair in PAIRS if name in pair), (name,))
    for group in GROUPS.values()
    for name in group
}
#: What cannot be emptied; the rule says the rest.
REQUIRED = {
    "customer_name", "installer", "request_type", "request_subtype", "priority", "source",
    "description",
}  # fmt: skip


class EditForm(DeskForm):
    """Those of the fields `names` that are editable, and for each a hidden `seen_…`."""

    def __init__(self, *args: Any, case: Case, names: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.collisions: list[Collision] = []
        self._take_theirs()
        # A single field may be sent by itself: what was not sent is not changed.
        self.names = [
            name
            for name in names
            if name in editable(case) and (not self.is_bound or name in self.data)
        ]
        for name in self.names:
            self.fields[name] = self._field(name)
            self.fields[f"seen_{name}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, strip=False
            )
            self.initial[name] = self.initial[f"seen_{name}"] = standing(case, name)

    @property
    def seen_names(self) -> list[str]:
        """The hidden fields that say what was seen (K2)."""
        return [f"seen_{name}" for name in self.names]

    def changes(self) -> dict[str, Any]:
        """The values sent, by field."""
        return {name: self.cleaned_data[name] for name in self.names}

    def seen(self) -> dict[str, str]:
        """What stood in each field when the form was made."""
        return {
            name: self.cleaned_data[f"seen_{name}"]
            for name in self.names
            if f"seen_{name}" in self.data
        }

    def refuse(self, refused: Refused) -> None:
        """Show the refusal; what somebody else changed counts as seen from now on (K2)."""
        super().refuse(refused)
        now = refused.about.get("now", {})
        if now:
            seen = {f"seen_{name}": value for name, value in now.items()}
            self.data = {name: self.data[name] for name in self.data} | seen
            self.collisions = refused.about.get("changed", [])

    @property
    def collided(self) -> str:
        """The fields of the collisions, as *Take theirs* sends them."""
        return ",".join(one.field for one in self.collisions)

    def _take_theirs(self) -> None:
        """Leave the fields named in `theirs` as somebody else made them (K2)."""
        names = self.data["theirs"].split(",") if self.is_bound and "theirs" in self.data else []
        given = {name: self.data[name] for name in self.data}
        theirs = {name: given[f"seen_{name}"] for name in names if f"seen_{name}" in given}
        if theirs:
            given |= theirs
            # What was typed to find one of many is not theirs.
            mine = {part for name in theirs for part in sent_names(name)} - {*theirs}
            self.data = {name: value for name, value in given.items() if name not in mine}

    def subtype_groups(self) -> list[tuple[int, str, list[tuple[int, str]]]]:
        """The subtypes of each type, for the select that follows the type."""
        groups: dict[int, tuple[int, str, list[tuple[int, str]]]] = {}
        if "request_subtype" not in self.names:
            return []
        for subtype in self._subtypes().select_related("request_type"):
            kind = subtype.request_type
            groups.setdefault(kind.pk, (kind.pk, kind.name, []))[2].append(
                (subtype.pk, subtype.name)
            )
        return list(groups.values())

    def _types(self) -> Any:
        homeowner = self.case.case_type == CaseType.HOMEOWNER
        offered = Q(for_homeowner=True) if homeowner else Q(for_installer=True)
        return RequestType.objects.filter(
            Q(is_active=True) & offered | Q(pk=self.case.request_type_id)
        )

    def _subtypes(self) -> Any:
        return RequestSubtype.objects.filter(
            Q(is_active=True) | Q(pk=self.case.request_subtype_id), request_type__in=self._types()
        )

    def _field(self, name: str) -> forms.Field:
        made = MAKERS.get(name)
        field = made(self) if made else forms.CharField(max_length=200)
        field.label = LABELS[name]
        field.required = name in REQUIRED
        field.error_messages["required"] = f"Fill in {LABELS[name]}."
        return field

    def _contact(self) -> forms.Field:
        people = Contacts(self.case.account_id, standing=self.case.contact_id)
        return PickField(source=people, empty="Nobody")

    def _installer_contact(self) -> forms.Field:
        people = ContactsOfInstaller(
            self, self.case.installer_id, standing=self.case.installer_contact_id
        )
        return PickField(source=people, empty="Nobody")

    def _installer(self) -> forms.Field:
        return PickField(source=Orgs())


MAKERS: dict[str, Any] = {
    "contact": EditForm._contact,
    "installer": EditForm._installer,
    "installer_contact": EditForm._installer_contact,
    "request_type": lambda form: forms.ModelChoiceField(form._types(), empty_label="Choose …"),
    "request_subtype": lambda form: forms.ModelChoiceField(form._subtypes()),
    "source": lambda form: forms.ModelChoiceField(
        CaseSource.objects.filter(Q(is_active=True) | Q(pk=form.case.source_id)),
        empty_label="Choose …",
    ),
    "priority": lambda form: forms.TypedChoiceField(
        choices=Priority.offered(),
        coerce=int,
        empty_value=None,
    ),
    "description": lambda form: LongText(
        widget=forms.Textarea(attrs={"rows": 8}), max_length=50_000, strip=False
    ),
    "customer_email": lambda form: forms.EmailField(),
    "sales_rep_email": lambda form: forms.EmailField(),
    "customer_phone": lambda form: forms.CharField(max_length=40),
    "job_id": lambda form: forms.CharField(max_length=40),
}
