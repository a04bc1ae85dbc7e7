"""The forms of single sign-on (K1)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.core.forms import DeskForm, LongText
from heliodesk.core.outgoing import NotReached
from heliodesk.people.models import Department, PasswordSignIn, Queue, Role, SecondFactor
from heliodesk.people.single_sign_on import metadata


class RulesForm(DeskForm):
    """Who needs a second factor, and who may do without single sign-on."""

    second_factor = forms.ChoiceField(
        choices=SecondFactor.choices,
        widget=forms.RadioSelect,
        label="Who has to have a second factor?",
    )
    password_sign_in = forms.ChoiceField(
        choices=PasswordSignIn.choices,
        widget=forms.RadioSelect,
        label="Who may sign in by a password or passkey of the desk?",
    )


class ProviderForm(DeskForm):
    """What both protocols have."""

    name = forms.CharField(
        max_length=40, label="Name", help_text="People press “Sign in with …” and this name."
    )
    groups_claim = forms.CharField(
        max_length=200,
        required=False,
        label="Where its groups stand",
        help_text="The claim or attribute, such as groups. Empty: groups mean nothing here.",
    )
    verified_domains = forms.CharField(
        max_length=500,
        required=False,
        label="Domains whose addresses it vouches for",
        help_text="Such as example.com. People are known the first time by a confirmed address; of "
        "these domains each counts as confirmed, even where the provider does not say so.",
    )
    lets_in = forms.BooleanField(
        required=False,
        label="People who have not been invited may come in",
        help_text="They are in no queue and no department, unless their groups say so.",
    )
    is_active = forms.BooleanField(required=False, initial=True, label="Offered at the sign-in")


class OIDCForm(ProviderForm):
    """OpenID Connect."""

    issuer = forms.URLField(
        max_length=300,
        assume_scheme="https",
        label="Issuer",
        help_text="The address before /.well-known/openid-configuration.",
    )
    client_id = forms.CharField(max_length=190, label="Client ID")
    secret = forms.CharField(
        max_length=500,
        required=False,
        strip=True,
        label="Client secret",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Kept sealed, and never shown again. Empty: it stays as it is.",
    )
    field_order = ("name", "issuer", "client_id", "secret")

    def values(self) -> dict[str, Any]:
        """What the rule takes."""
        return dict(self.cleaned_data)


class SAMLForm(ProviderForm):
    """SAML 2.0. The metadata are read here, before any transaction begins."""

    metadata_url = forms.URLField(
        max_length=300,
        required=False,
        assume_scheme="https",
        label="Address of the provider’s metadata",
        help_text="Read anew every four hours, so that new certificates come by themselves.",
    )
    metadata_xml = LongText(
        required=False,
        max_length=500_000,
        label="Or the metadata themselves (XML)",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    field_order = ("name", "metadata_url", "metadata_xml")

    def clean(self) -> dict[str, Any]:
        """Reads what the provider says of itself."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        url, xml = cleaned.get("metadata_url", ""), cleaned.get("metadata_xml", "")
        field = "metadata_url" if url else "metadata_xml"
        if not url and not xml:
            self.add_error("metadata_url", "Give the address of the metadata, or paste them.")
            return cleaned
        try:
            cleaned["metadata_xml"] = metadata.fetch(url) if url else xml
            cleaned["entity_id"] = metadata.parse(cleaned["metadata_xml"])["idp"]["entityId"]
        except NotReached as error:
            self.add_error(field, f"It could not be read: {error.reason}.")
        except metadata.NoMetadata as error:
            self.add_error(field, f"It does not work: {error}.")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the rule takes."""
        return dict(self.cleaned_data)


class MappingForm(DeskForm):
    """What a group means here."""

    group = forms.CharField(max_length=200, label="Group at the provider")
    meaning = forms.ChoiceField(label="Means here")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meaning"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - a type for the checker
        field.choices = [("", "Choose …"), *meanings()]

    def values(self) -> dict[str, Any]:
        """What the rule takes."""
        what, _, key = self.cleaned_data["meaning"].partition(":")
        return {
            "group": self.cleaned_data["group"],
            "role": key if what == "role" else "",
            "queue_id": int(key) if what == "queue" else None,
            "department_id": int(key) if what == "department" else None,
        }


def meanings() -> list[tuple[str, list[tuple[str, str]]]]:
    """Roles, queues and departments, as (group, [(value, words)])."""
    queues = Queue.objects.filter(is_active=True).values_list("pk", "name")
    departments = Department.objects.filter(is_active=True).values_list("pk", "name")
    return [
        ("Role", [(f"role:{role.value}", str(role.label)) for role in Role if role.value]),
        ("Queue", [(f"queue:{key}", name) for key, name in queues]),
        ("Department", [(f"department:{key}", name) for key, name in departments]),
    ]
