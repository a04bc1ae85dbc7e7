"""The forms over queues and departments (Q3, A1, F1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from heliodesk.core.forms import DeskForm, LongText
from heliodesk.core.numbers import whole
from heliodesk.directory.forms.keeping import Groups
from heliodesk.people.models import Queue, Topic, User
from heliodesk.set_up.forms.choices import NameForm
from heliodesk.set_up.queries import places

FEW = 30  # people who are offered at once


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


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """People to tick, each told apart from others of the same name."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and user name."""
        return f"{obj.name} ({obj.username})"


class MembersForm(DeskForm):
    """People who come to a queue or a department. A few are offered at once; of more, those are
    whom `find` finds, beside those who are ticked already."""

    find = forms.CharField(
        required=False,
        label="Find people",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text="By name, user name or email. Who is ticked stays.",
    )
    people = People(
        User.objects.none(),
        label="Who",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self._found(people)
        shown = [person.pk for person in found[:FEW]]
        ticked = [pk for pk in map(whole, self._sent("people")) if pk is not None]
        offered = people.filter(pk__in=[*shown, *ticked])
        self.fields["people"].queryset = offered  # type: ignore[attr-defined]
        self.is_cut = len(found) > FEW

    @property
    def is_finding(self) -> bool:
        """Whether the form was sent to find somebody, and not to add them."""
        return bool(self._sent("look"))

    @property
    def sought(self) -> str:
        """What was typed to find somebody."""
        return " ".join(" ".join(self._sent("find")).split())

    def _found(self, people: QuerySet[User]) -> list[User]:
        """At most one more than are shown. With nothing typed all, where they are few."""
        found = list(places.called(people, self.sought)[: FEW + 1])
        self.is_many = len(found) > FEW or bool(self.sought)
        return [] if len(found) > FEW and not self.sought else found

    def _sent(self, name: str) -> list[str]:
        return list(self.data.getlist(name)) if self.is_bound else []  # type: ignore[attr-defined]


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
