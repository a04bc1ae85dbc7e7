"""The forms over people (K1, K7). They read what was typed; the rules decide."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from heliodesk.core.forms import DeskForm, offer_rows
from heliodesk.directory.forms.keeping import Groups, KeepingForm
from heliodesk.people.models import Department, Queue, Role

WHO: list[tuple[str, str]] = [("name", ""), ("username", "half"), ("email", "half"), ("role", "")]

BY_INVITATION, BY_PASSWORD, AS_SERVICE = "invitation", "password", "service"
COMES_IN = [
    (BY_INVITATION, "By an invitation: they choose their password themselves"),
    (BY_PASSWORD, "With a first password, which I tell them"),
    (AS_SERVICE, "Not at all: a service, which comes in by tokens"),
]


class PersonForm(KeepingForm):
    """Who somebody is."""

    groups: ClassVar[Groups] = [("Person", [*WHO, ("external_id", "half")])]

    name = forms.CharField(
        required=False,
        help_text="As others see it in feeds and lists.",
        widget=forms.TextInput({"required": True, "autocomplete": "off"}),
    )
    username = forms.CharField(
        label="User name",
        required=False,
        help_text="To sign in with, and to be mentioned by.",
        widget=forms.TextInput({"required": True, "autocomplete": "off", "autocapitalize": "none"}),
    )
    email = forms.CharField(
        label="Email",
        required=False,
        help_text="For invitations and notices.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        choices=Role.choices,
        required=False,
        help_text="What they are in Support. A department member has no role there.",
    )
    external_id = forms.CharField(
        label="External ID", required=False, help_text="How another system knows them."
    )


class NewPersonForm(PersonForm):
    """A new person: who they are, where they work, and how they come in."""

    groups: ClassVar[Groups] = [
        ("Person", WHO),
        ("Where they work", [("queues", ""), ("departments", "")]),
        ("How they come in", [("comes_in", ""), ("password", "")]),
    ]

    queues = forms.ModelMultipleChoiceField(
        Queue.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    comes_in = forms.ChoiceField(
        choices=COMES_IN, initial=BY_INVITATION, label="Signs in", widget=forms.RadioSelect
    )
    password = forms.CharField(
        label="First password",
        required=False,
        strip=False,
        help_text="At least 10 characters. They choose another when they first sign in.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(
            self, Queue.objects.filter(is_active=True), Department.objects.filter(is_active=True)
        )


class MembershipsForm(DeskForm):
    """The queues and departments of a person; the `seen_…` are those when the form was made."""

    queues = forms.ModelMultipleChoiceField(
        Queue.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen_queues = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_departments = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, queues: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, queues, departments)


class PasswordForm(DeskForm):
    """Another password for somebody."""

    password = forms.CharField(
        label="New password",
        strip=False,
        required=False,
        help_text="At least 10 characters. Tell them; they choose another when they sign in.",
        widget=forms.PasswordInput({"autocomplete": "new-password", "required": True}),
    )


class SentForm(DeskForm):
    """Nothing to fill in."""


def _offer(form: forms.Form, queues: Any, departments: Any) -> None:
    offer_rows(form, "queues", queues)
    offer_rows(form, "departments", departments)
