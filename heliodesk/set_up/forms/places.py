"""The forms over queues and departments (Q3, A1, F1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from heliodesk.core.forms import DeskForm, LongText
from heliodesk.directory.forms.keeping import Groups
from heliodesk.people.models import Queue, Topic, User
from heliodesk.set_up.forms.choices import NameForm


def what_for() -> LongText:
    """A text of a few lines that says what a queue or department is there for."""
    return LongText(
        label="What it is for", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class QueueForm(NameForm):
    """A queue."""

    groups: ClassVar[Groups] = [("", [("name", ""), ("description", ""), ("case_type", "")])]
    description = what_for()
    case_type = forms.ChoiceField(
        required=False,
        label="Offered first for",
        choices=[("", "No type of cases"), *Queue._meta.get_field("case_type").flatchoices],
        help_text="Each type has one such queue: chosen here, it takes the place of another.",
    )


class DepartmentForm(NameForm):
    """A department, and how it works."""

    groups: ClassVar[Groups] = [
        ("", [("name", ""), ("description", "")]),
        ("How it works", [("wants_managers", ""), ("voids_case", ""), ("follow_up_all", "")]),
    ]
    description = what_for()
    wants_managers = forms.BooleanField(
        required=False,
        label="Asks for Account Manager and Sales Manager",
        help_text="Both are required on its case assignments, filled in from the Org (A1).",
    )
    voids_case = forms.BooleanField(
        required=False,
        label="What it rejects or returns should be closed as Case Voided",
        help_text="The case owner is told so, with one action that does it (A6).",
    )
    follow_up_all = forms.BooleanField(
        required=False,
        initial=True,
        label="A follow-up tags all of its contacts",
        help_text="Not ticked, the first of them who is active (F1).",
    )


class MembersForm(DeskForm):
    """People who come to a queue or a department."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Who",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class ContactForm(DeskForm):
    """Whom follow-ups tag, for one topic where the department has topics (F1)."""

    person = forms.ModelChoiceField(
        User.objects.none(), error_messages={"required": "Choose whom a follow-up tags."}
    )
    topic = forms.ModelChoiceField(
        Topic.objects.none(), required=False, empty_label="No topic: the department itself"
    )

    def __init__(self, *args: Any, people: Any, topics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]
