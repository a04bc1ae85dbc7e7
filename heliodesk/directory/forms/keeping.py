"""The forms that keep the directory (D1). They read what was typed; the rules decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from heliodesk.core.forms import DeskForm, offer_rows
from heliodesk.core.picking import TYPED, PickField, put_source
from heliodesk.core.refusal import Refused
from heliodesk.directory.models import Account, AccountKind, ContactRole, Contract, ContractStatus
from heliodesk.directory.queries.picking import Orgs, managers

Groups = list[tuple[str, list[tuple[str, str]]]]


def line(label: str, **options: Any) -> forms.CharField:
    """A text field that takes whatever is typed: the rule measures it."""
    return forms.CharField(label=label, required=False, **options)


class KeepingForm(DeskForm):
    """A form over one record, its fields in titled groups of (name, width).

    `seen` is what the fields were when the form was made, sent along for K2; empty for a new
    record.
    """

    groups: ClassVar[Groups]

    def __init__(self, *args: Any, seen: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = {name: self.data.get(f"seen_{name}") for name in self.names}
        before = {name: value for name, value in sent.items() if value is not None}
        self.seen = before if self.is_bound else dict(seen or {})

    @property
    def names(self) -> list[str]:
        """The fields of the record, in the order of the groups."""
        return [name for _, fields in self.groups for name, _ in fields if name in self.fields]

    def values(self) -> dict[str, Any]:
        """What was typed, by field; a field that was not sent is not among them."""
        checkboxes = {n for n, f in self.fields.items() if isinstance(f, forms.BooleanField)}
        return {
            name: self.cleaned_data[name]
            for name in self.names
            if name in self.data or name in checkboxes or name + TYPED in self.data
        }

    def refuse(self, refused: Refused) -> None:
        """What somebody else changed counts as seen from now on (K2)."""
        super().refuse(refused)
        self.seen |= refused.about.get("seen", {})


ADDRESS: list[tuple[str, str]] = [
    ("street", ""), ("city", "third"), ("state", "third"), ("postal_code", "third"),
    ("country", "half"),
]  # fmt: skip


class AddressFields(forms.Form):
    """Street, city, state, ZIP code, country."""

    street = line("Street")
    city = line("City")
    state = line("State")
    postal_code = line("ZIP code")
    country = line("Country")


class AccountForm(KeepingForm, AddressFields):
    """An installer or homeowner account."""

    name = forms.CharField(label="Name", required=False, widget=forms.TextInput({"required": True}))
    parent = PickField("Org (parent account)", required=False, empty="None")
    phone = line("Phone")
    email = line("Email")
    account_manager = PickField("Account Manager", required=False, empty="None")
    sales_manager = PickField("Sales Manager", required=False, empty="None")
    external_id = line("External ID", help_text="How another system knows it, such as Salesforce.")

    groups: ClassVar[Groups] = [
        ("Account", [("name", ""), ("parent", ""), ("phone", "half"), ("email", "half")]),
        ("Managers", [("account_manager", "half"), ("sales_manager", "half")]),
        ("Address", ADDRESS),
        ("Other systems", [("external_id", "half")]),
    ]

    def __init__(
        self, *args: Any, kind: str, account: Account | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if kind == AccountKind.INSTALLER:
            del self.fields["parent"]
            for name in ("account_manager", "sales_manager"):
                # One who has left stays until somebody else is chosen.
                standing = getattr(account, f"{name}_id") if account else None
                put_source(self, name, managers(standing=standing))
        else:
            del self.fields["account_manager"], self.fields["sales_manager"]
            put_source(self, "parent", Orgs())


class ContactForm(KeepingForm):
    """A person of an account."""

    name = forms.CharField(label="Name", required=False, widget=forms.TextInput({"required": True}))
    role = forms.ChoiceField(label="Role", choices=ContactRole.choices, initial=ContactRole.OTHER)
    phone = line("Phone")
    email = line("Email")
    is_active = forms.BooleanField(
        label="Active", required=False, initial=True, help_text="Left out of new cases when not."
    )
    external_id = line("External ID", help_text="How another system knows them.")

    groups: ClassVar[Groups] = [
        ("Contact", [("name", ""), ("role", "half"), ("phone", "half"), ("email", "half")]),
        ("More", [("is_active", ""), ("external_id", "half")]),
    ]

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if new:
            del self.fields["is_active"], self.fields["external_id"]


class ContractForm(KeepingForm, AddressFields):
    """A homeowner's agreement."""

    contract_id = forms.CharField(
        label="Contract ID", required=False, widget=forms.TextInput({"required": True})
    )
    status = forms.ChoiceField(
        label="Status", choices=ContractStatus.choices, initial=ContractStatus.ACTIVE
    )
    installer = PickField("Installer", required=False, empty="The homeowner's Org")
    signed_on = forms.DateField(
        label="Signed on", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    system_size_kw = forms.DecimalField(
        label="System size (kW DC)", required=False, min_value=0, max_digits=7, decimal_places=2
    )
    external_id = line("External ID", help_text="How another system knows it, such as Salesforce.")

    groups: ClassVar[Groups] = [
        ("Contract", [
            ("contract_id", "half"), ("status", "half"), ("installer", "half"),
            ("signed_on", "half"), ("system_size_kw", "half"), ("external_id", "half"),
        ]),
        ("Property address", ADDRESS),
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_source(self, "installer", Orgs())
        self.fields["street"].widget.attrs["required"] = True


class JobForm(KeepingForm):
    """A project in Engine."""

    job_id = forms.CharField(
        label="Job ID", required=False, widget=forms.TextInput({"required": True})
    )
    name = line("Name")
    phase = line("Phase")
    contract = forms.ModelChoiceField(
        Contract.objects.none(), to_field_name="contract_id", required=False, label="Contract ID",
        widget=forms.TextInput, help_text="Of the same installer; may be empty.",
        error_messages={"invalid_choice": "There is no contract with this contract ID."},
    )  # fmt: skip

    groups: ClassVar[Groups] = [
        ("Job", [("job_id", "half"), ("phase", "half"), ("name", ""), ("contract", "half")])
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "contract", Contract.objects.all())
