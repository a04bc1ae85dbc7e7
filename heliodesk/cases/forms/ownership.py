"""The form of Change Owner (Q2)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import connection

from heliodesk.core.forms import DeskForm, LongText
from heliodesk.people.models import Queue, User

Choices = list[tuple[str, list[tuple[str, str]]]]

CHOICES = """
    (SELECT 'Queues', 'queue-' || id, name FROM people_queue WHERE is_active
     ORDER BY case_type <> %(case_type)s, position, name)
    UNION ALL
    (SELECT 'People', 'user-' || id, name FROM people_user WHERE is_active AND role <> ''
     ORDER BY name, id)
"""


class OwnerForm(DeskForm):
    """A user or a queue, and the reason where one is needed."""

    to = forms.CharField(
        label="New owner",
        widget=forms.Select,
        error_messages={"required": "Choose the new owner: a person or a queue."},
    )
    escalation = forms.BooleanField(label="This is an escalation", required=False)
    reason = LongText(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=10_000)

    def __init__(self, *args: Any, case_type: str = "", owner: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = owner_choices(case_type, besides=owner)
        self.fields["to"].widget.choices = [("", "Choose …"), *choices]
        queues = choices[0][1]
        if case_type and queues and not owner.startswith("queue-"):
            self.initial.setdefault("to", queues[0][0])

    def clean_to(self) -> User | Queue:
        """The chosen user or queue."""
        found = owner_of(self.cleaned_data["to"])
        if found is None:
            raise forms.ValidationError("Choose the new owner: a person or a queue.")
        return found


def owner_of(key: str) -> User | Queue | None:
    """The user or queue that `user-7` or `queue-7` names."""
    kind, _, number = key.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    if kind == "queue":
        return Queue.objects.filter(pk=int(number)).first()
    return User.objects.filter(pk=int(number)).first() if kind == "user" else None


def owner_choices(case_type: str, *, besides: str = "") -> Choices:
    """Queues, that of the case's type first, then the people of Support; `besides` is left out.
    One statement."""
    with connection.cursor() as cursor:
        cursor.execute(CHOICES, {"case_type": case_type})
        found = cursor.fetchall()
    return [
        (label, [(key, name) for kind, key, name in found if kind == label and key != besides])
        for label in ("Queues", "People")
    ]
