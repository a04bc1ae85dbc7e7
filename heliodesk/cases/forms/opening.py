"""What every form of a new case has (H4, N3, B6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from heliodesk.cases.models import Priority
from heliodesk.cases.queries.choices import Choices, Option
from heliodesk.core.forms import DeskForm, LongText
from heliodesk.core.refusal import Refused

CHOOSE: list[tuple[Any, str]] = [("", "Choose …")]
BIGGEST = 2**63 - 1
#: What leaving the interaction on a found case (B5) is told by.
OF_INTERACTION = {"about": "description", "channel": "source"}


class IdField(forms.IntegerField):
    """A row chosen from a select. What is offered is put in only when the form is shown; the
    rule says whether the row fits, so that taking a form in reads no list."""

    widget = forms.Select

    def __init__(self, label: str, *, required: bool = True) -> None:
        messages = {"required": f"Choose {label}.", "invalid": f"Choose {label} from the list."}
        super().__init__(
            label=label,
            required=required,
            min_value=1,
            max_value=BIGGEST,
            error_messages=messages,
        )


class NewCaseForm(DeskForm):
    """Request, description, source and priority; where the case comes from; which of the
    matching cases are another issue."""

    request_type = IdField("Customer Request Type")
    request_subtype = IdField("Customer Request Subtype")
    description = LongText(
        label="Case Description",
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "Fill in Case Description."},
    )
    source = IdField("Case Source")
    priority = forms.TypedChoiceField(
        choices=Priority.offered(),
        coerce=int,
        widget=forms.RadioSelect,
        initial=Priority.NORMAL,
        error_messages={"required": "Choose the priority."},
    )
    ticket = forms.CharField(
        label="Jira tickets",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    none_of_these = forms.CharField(required=False, max_length=500)
    interaction = forms.IntegerField(
        required=False, min_value=1, max_value=BIGGEST, widget=forms.HiddenInput
    )
    continues = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def refuse(self, refused: Refused) -> None:
        """Show the refusal; what an interaction calls otherwise stands at the case's field."""
        refused.field = OF_INTERACTION.get(refused.field or "", refused.field)
        super().refuse(refused)

    def offer(self, offered: Choices) -> None:
        """Put the choices into the selects."""
        self.put("request_type", [*CHOOSE, *offered.types])
        self.put("source", [*CHOOSE, *offered.sources])

    def put(self, name: str, options: Iterable[Option | tuple[str, str]]) -> None:
        """The options of one select."""
        self.fields[name].widget.choices = list(options)

    @property
    def dismissed(self) -> list[str]:
        """The numbers of the cases that the agent says are another issue (B6)."""
        return str(self.cleaned_data["none_of_these"]).replace(",", " ").split()
