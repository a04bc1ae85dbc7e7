"""The forms over queues and departments (Q3, A1, F1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html

from heliodesk.core.forms import DeskForm, LongText, offer_rows
from heliodesk.core.numbers import whole
from heliodesk.core.picking import (
    LONGEST,
    SHOWN,
    Choice,
    PickField,
    Source,
    one_line,
    put_source,
)
from heliodesk.core.refusal import Refused
from heliodesk.directory.forms.keeping import Groups
from heliodesk.people.models import Queue, Topic, User
from heliodesk.people.queries.picking import hint
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


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # it takes no argument when it runs
    """People to tick, each told apart from others of the same name."""

    default_error_messages = {
        "invalid_choice": "One of those ticked cannot be added: a member already, deactivated, or "
        "for a queue not in Support. Look at who is ticked now.",
    }

    def label_from_instance(self, obj: Any) -> str:
        """The name, and what tells them apart."""
        words = hint(obj.username, obj.role, obj.departments_named)
        return format_html('{}<span class="check__hint">{}</span>', obj.name, words)


class MembersForm(DeskForm):
    """People who come to a queue or a department. A few are offered at once; of more, those are
    whom `find` finds, beside those who are ticked already. While one types they are found too, at
    `source`."""

    find = forms.CharField(
        required=False,
        label="Find people",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text="By name, user name, email or department. Who is ticked stays.",
    )
    people = People(
        User.objects.none(),
        label="Who",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: QuerySet[User], source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        found = self._found()
        shown = [whole(one.value) for one in found[:SHOWN]]
        ticked = [pk for pk in map(whole, self._sent("people")) if pk is not None]
        offered = people.filter(pk__in=[*shown, *ticked])
        offer_rows(self, "people", offered)
        self.is_cut = len(found) > SHOWN

    @property
    def is_finding(self) -> bool:
        """Whether the form was sent to find somebody, and not to add them."""
        return bool(self._sent("look"))

    @property
    def sought(self) -> str:
        """What was typed to find somebody."""
        return one_line(" ".join(self._sent("find")))[:LONGEST]

    def require_chosen(self) -> None:
        """Refuse where nobody is ticked: to say that they were added would be wrong (K7)."""
        if not self.cleaned_data["people"]:
            raise Refused("nobody_chosen", "Tick who is to be added.", rule="K7", field="people")

    def _found(self) -> list[Choice]:
        """At most one more than are shown. With nothing typed all, where they are few."""
        found = self.source.find(self.sought)
        self.is_many = len(found) > SHOWN or bool(self.sought)
        return [] if len(found) > SHOWN and not self.sought else found

    def _sent(self, name: str) -> list[str]:
        return list(self.data.getlist(name)) if self.is_bound else []  # type: ignore[attr-defined]  # a QueryDict


class ContactForm(DeskForm):
    """Whom follow-ups tag, for one topic where the department has topics (F1)."""

    person = PickField(error_messages={"required": "Choose whom a follow-up tags."})
    topic = forms.ModelChoiceField(
        Topic.objects.none(), required=False, empty_label="No topic: the department itself"
    )

    def __init__(self, *args: Any, people: Source, topics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_source(self, "person", people)
        offer_rows(self, "topic", topics)
