"""The forms of merging: which case, which of the two survives, and the deliberate yes (X7)."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from heliodesk.cases.queries.merging import Candidate
from heliodesk.core.forms import DeskForm

OTHER, THIS = "other", "this"


class MergeForm(DeskForm):
    """Chosen by pressing, never by typing a number."""

    other = forms.TypedChoiceField(
        coerce=int,
        label="Merge with",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the case to merge with.",
            "invalid_choice": "That case is closed by now, or not one of this customer. "
            "Choose another.",
        },
    )
    survivor = forms.ChoiceField(
        label="Which one stays open (the other is closed as Duplicate)",
        widget=forms.RadioSelect,
        choices=(),
        initial=OTHER,
    )

    def __init__(self, *args: Any, number: str, found: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("other", [(one.id, one.number) for one in found])
        self._offer(
            "survivor",
            [
                (OTHER, "The other case"),
                (THIS, f"This case, {number}"),
            ],
        )

    def _offer(self, name: str, choices: list[tuple[int | str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices


class UndoMergeForm(DeskForm):
    """Sent once."""
