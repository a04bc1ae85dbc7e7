"""The form of Change Owner (Q2)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.cases.queries.owners import Owners, first_queue
from heliodesk.core.forms import DeskForm, LongText
from heliodesk.core.picking import PickField, chosen_as, put_source

CHOOSE = "Choose the new owner: a person or a queue."


class OwnerForm(DeskForm):
    """A user or a queue, and the reason where one is needed."""

    to = PickField(
        "New owner",
        empty="A queue or a person",
        error_messages={"required": CHOOSE, "gone": CHOOSE},
    )
    escalation = forms.BooleanField(label="This is an escalation", required=False)
    reason = LongText(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=10_000)

    def __init__(self, *args: Any, owners: Owners | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = owners or Owners()
        put_source(self, "to", source)
        if self.is_bound or "to" in self.initial or "to_typed" in self.initial:
            return
        if source.case_type and not source.besides.startswith("queue-"):
            queue = first_queue(source.case_type)
            if queue is not None:
                self.initial.update(chosen_as("to", f"queue-{queue.pk}", queue.name))
