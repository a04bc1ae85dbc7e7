"""The form of a new case assignment: the fields which its department wants (A1, A2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from heliodesk.assignments.queries.offered import Offered
from heliodesk.assignments.rules.texts import TEXT_LIMIT
from heliodesk.cases.forms.opening import CHOOSE, IdField
from heliodesk.core.forms import DeskForm
from heliodesk.core.picking import PickField, Source, put_source, sent_names
from heliodesk.core.refusal import Refused
from heliodesk.people.models import Department

MANAGERS = ("account_manager", "sales_manager")


class NewAssignmentForm(DeskForm):
    """Reason, subtype, topic and managers as far as the department has and wants them, and the
    comments. The rule says whether they fit together."""

    department = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    reason = IdField("Referral Reason", required=False)
    subtype = IdField("Referral Subtype", required=False)
    topic = IdField("Topic", required=False)
    account_manager = PickField("Account Manager", keys=True, required=False)
    sales_manager = PickField("Sales Manager", keys=True, required=False)
    comments = forms.CharField(
        label="Referral Comments",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    #: What is typed and kept; the token is not.
    NAMES = ("department", "reason", "subtype", "topic", *sent_names(*MANAGERS), "comments")
    COMMENTS_LIMIT = TEXT_LIMIT

    def __init__(self, *args: Any, managers: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MANAGERS:
            put_source(self, name, managers)

    def refuse(self, refused: Refused) -> None:
        """Show the refusal; one of the department, chosen in the step before, above the form."""
        if refused.field == "department":
            refused.field = None
        super().refuse(refused)

    def begin_at(self, name: str) -> None:
        """Put the focus on a field, where one is named."""
        if name in self.fields:
            self.fields[name].widget.attrs["autofocus"] = True

    def offer(self, offered: Offered, department: Department) -> None:
        """Put the options into the selects, and leave out what the department does not want."""
        wanted: dict[str, list[Any]] = {
            "reason": [*CHOOSE, *offered.reasons],
            "subtype": offered.subtypes,
            "topic": [*CHOOSE, *offered.topics] if offered.topics else [],
        }
        for name, options in wanted.items():
            if options:
                self.fields[name].widget.choices = options
            else:
                del self.fields[name]
        if not department.wants_managers:
            for name in MANAGERS:
                del self.fields[name]


def fitting(values: Mapping[str, Any], offered: Offered) -> dict[str, Any]:
    """Of what was typed, perhaps for another department, what this one offers too."""
    of = {
        "reason": {pk for pk, _ in offered.reasons},
        "subtype": {pk for _, _, options in offered.subtypes for pk, _ in options},
        "topic": {pk for pk, _ in offered.topics},
    }
    return {
        name: value
        for name, value in values.items()
        if value and (name not in of or str(value) in map(str, of[name]))
    }
